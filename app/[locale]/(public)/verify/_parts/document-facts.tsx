import { useTranslations } from 'next-intl';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { CheckAnswers } from '#app/_ui/lists.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { Force, Issued } from '#server/exchange/index.ts';
import type { IssuedDocument } from '#server/signatures/index.ts';
import { ForceTag } from './force-tag.tsx';

/** The public facts of a document issued here. */
export function DocumentFacts(props: {
  document: IssuedDocument;
  status: Force | null;
  facility: { id: string; name: string } | null;
  decision?: Issued['decision'];
  successor?: Issued['successor'];
}) {
  const { document, status, facility, decision, successor } = props;
  const t = useTranslations('public.verify');
  const facts = [
    { question: t('titleLabel'), answer: document.title },
    {
      question: t('kind'),
      answer: t.has(`kinds.${document.kind}` as 'kinds.slip')
        ? t(`kinds.${document.kind}` as 'kinds.slip')
        : document.kind,
    },
    { question: t('number'), answer: document.number },
    { question: t('issuedBy'), answer: document.issuedBy },
    { question: t('issuedOn'), answer: document.issuedOn && <DateText value={document.issuedOn} /> },
    { question: t('force'), answer: <ForceTag status={status} /> },
    ...(decision
      ? [
          {
            question: t('decision'),
            answer: linked(t('decisionOn', { number: decision.number, date: formatDate(decision.on) }), decision),
          },
        ]
      : []),
    ...(successor ? [{ question: t('successor'), answer: linked(successor.number, successor) }] : []),
    ...(facility
      ? [
          {
            question: t('facility'),
            answer: <Link href={`/registers/facilities/${facility.id}`}>{facility.name}</Link>,
          },
        ]
      : []),
    { question: t('verifyCode'), answer: document.verifyCode },
  ];
  return <CheckAnswers answers={facts} />;
}

/** A document with the way to it, where it was signed here. */
const linked = (text: string, { verifyCode }: { verifyCode: string | null }) =>
  verifyCode ? <Link href={`/verify/${verifyCode}`}>{text}</Link> : text;
