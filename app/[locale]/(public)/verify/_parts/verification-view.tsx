import { useTranslations } from 'next-intl';
import { LinkButton } from '#app/_ui/button.tsx';
import { formatDate, formatTime } from '#app/_ui/format.ts';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Details, Notice } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { Verification } from '#server/exchange/index.ts';
import { type Outcome, outcomeOf } from '#server/exchange/rules.ts';
import { DocumentFacts } from './document-facts.tsx';
import { SignatureList } from './signature-list.tsx';

const tones: Record<Outcome, Tone> = { valid: 'ok', notInForce: 'wait', altered: 'late', unknown: 'wait' };

/** The verdict on a file: the one sentence first, then why, then who signed and when. */
export function VerificationView({ verification, at }: { verification: Verification; at: Date }) {
  const t = useTranslations('public.verify');
  const why = useTranslations('signatures.reasons');
  const { status, document, facility, reasons } = verification;
  const outcome = outcomeOf(verification);
  const words = outcome === 'valid' && status === null ? 'validNoTerm' : outcome;
  return (
    <>
      <PageTitle
        title={t(`outcome.${words}`)}
        above={t('title')}
        actions={
          <LinkButton kind="quiet" href="/verify">
            {t('another')}
          </LinkButton>
        }
      />
      <div className="stack-l">
        <Notice tone={tones[outcome]}>
          <p>{t(`outcomeHelp.${words}`, { status: status ? t(`status.${status}`) : '' })}</p>
          {reasons.map((reason) => (
            <p key={reason}>
              <b>{why(reason, { fields: verification.missing.join(', ') })}</b>
            </p>
          ))}
        </Notice>
        <p className="hint">{t('checkedAt', { time: formatTime(at), date: formatDate(at) })}</p>
        {document && (
          <section className="stack">
            <h2>{t('facts')}</h2>
            <DocumentFacts document={document} status={status} facility={facility} />
          </section>
        )}
        <section className="stack">
          <h2>{t('signatures')}</h2>
          {verification.signatures.length > 0 ? (
            <SignatureList signatures={verification.signatures} />
          ) : (
            <p>{t('noSignatures')}</p>
          )}
        </section>
        <Details summary={t('technical')}>
          <p>
            {t('sha256')}: <code>{verification.sha256}</code>
          </p>
        </Details>
      </div>
    </>
  );
}
