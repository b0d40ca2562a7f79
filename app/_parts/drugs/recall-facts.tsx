import { useTranslations } from 'next-intl';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { RecallView } from '#server/drugs/index.ts';

/** What a recall says. */
export function RecallFacts({ recall }: { recall: RecallView }) {
  const t = useTranslations('recalls');
  return (
    <Facts
      items={[
        {
          label: t('detail.drug'),
          value: (
            <>
              <Link href={`/registers/drugs/${recall.drug.id}`}>{recall.drug.name}</Link>{' '}
              {recall.drug.registrationNumber}
            </>
          ),
        },
        {
          label: t('list.batches'),
          value: recall.batches.length === 0 ? t('list.allBatches') : recall.batches.join(', '),
        },
        { label: t('fields.level'), value: t(`level.${recall.level}`) },
        { label: t('fields.kind'), value: t(`kind.${recall.kind}`) },
        { label: t('fields.reason'), value: recall.reason },
        { label: t('fields.issuedOn'), value: <DateText value={recall.issuedOn} /> },
        { label: t('fields.deadline'), value: <DateText value={recall.deadline} /> },
        ...(recall.sourceDecision ? [{ label: t('fields.sourceDecision'), value: recall.sourceDecision }] : []),
      ]}
    />
  );
}
