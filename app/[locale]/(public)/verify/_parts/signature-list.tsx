import { useTranslations } from 'next-intl';
import { Card } from '#app/_ui/cards.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Facts } from '#app/_ui/lists.tsx';
import { Details, Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { VerifiedSignature } from '#server/exchange/index.ts';
import { useRoleName } from './role-name.ts';

/** Each signature: who, as what, when, and whether it still matches. */
export function SignatureList({ signatures }: { signatures: VerifiedSignature[] }) {
  return (
    <div className="cards">
      {signatures.map((signature) => (
        <SignatureCard key={signature.field} signature={signature} />
      ))}
    </div>
  );
}

function SignatureCard({ signature }: { signature: VerifiedSignature }) {
  const t = useTranslations('public.verify');
  const why = useTranslations('signatures.problems');
  const roleName = useRoleName();
  const finding = !signature.intact ? 'bad' : signature.trusted ? 'good' : 'untrusted';
  const tone = { good: 'ok', untrusted: 'wait', bad: 'late' } as const;
  return (
    <Card title={signature.signer}>
      <p>
        <Tag tone={tone[finding]}>{t(`signature.${finding}`)}</Tag>
      </p>
      {signature.problems.map((problem) => (
        <p key={problem}>{why(problem)}</p>
      ))}
      <Facts
        items={[
          { label: t('role'), value: roleName(signature.role) },
          ...(signature.title ? [{ label: t('signer'), value: signature.title }] : []),
          ...(signature.organisation ? [{ label: t('organisation'), value: signature.organisation }] : []),
          ...(signature.signedAt
            ? [{ label: t('time'), value: <DateText value={new Date(signature.signedAt)} time /> }]
            : []),
        ]}
      />
      <Details summary={t('certificate')}>
        <p className="hint">
          {t('level')}: {signature.level}
        </p>
        <div className="stack">
          {signature.certificateChain.map((certificate) => (
            <p key={certificate.serial}>
              {certificate.subject}
              <span className="hint">
                {' '}
                {t('issuer', { issuer: certificate.issuer })},{' '}
                {t('certificateValid', {
                  from: formatDate(new Date(certificate.validFrom)),
                  to: formatDate(new Date(certificate.validTo)),
                })}
                , {t('serial', { serial: certificate.serial })}
              </span>
            </p>
          ))}
        </div>
      </Details>
    </Card>
  );
}
