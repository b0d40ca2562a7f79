import { useTranslations } from 'next-intl';
import { LinkButton } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate, formatTime } from '#app/_ui/format.ts';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { InsetText } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { Issued } from '#server/exchange/index.ts';
import { DocumentFacts } from './document-facts.tsx';
import { ForceTag } from './force-tag.tsx';
import { useRoleName } from './role-name.ts';

/** A document by its code: not a file in hand but what was issued, as the register has it at this moment. */
export function IssuedView({ issued, at }: { issued: Issued; at: Date }) {
  const t = useTranslations('public.verify');
  const roleName = useRoleName();
  const { document, status, facility, decision, successor } = issued;
  return (
    <>
      <PageTitle title={document.number ?? document.title} above={t('title')} below={<ForceTag status={status} />} />
      <div className="stack-l">
        <p className="hint">{t('checkedAt', { time: formatTime(at), date: formatDate(at) })}</p>
        <section className="stack">
          <h2>{t('facts')}</h2>
          <DocumentFacts
            document={document}
            status={status}
            facility={facility}
            decision={decision}
            successor={successor}
          />
        </section>
        <section className="stack">
          <h2>{t('signatures')}</h2>
          <DataTable
            caption={t('signatures')}
            hideCaption
            columns={[
              { key: 'signer', label: t('signer') },
              { key: 'role', label: t('role') },
              { key: 'time', label: t('time') },
            ]}
            rows={document.signatures.map((signature) => ({
              id: signature.field,
              cells: {
                signer: (
                  <>
                    {signature.signer}
                    {signature.title && <span className="hint">{signature.title}</span>}
                  </>
                ),
                role: roleName(signature.role),
                time: <DateText value={signature.signedAt} time />,
              },
            }))}
          />
        </section>
        <InsetText>
          <div className="stack">
            <h3>{t('hasFile')}</h3>
            <p>{t('hasFileHelp')}</p>
            <LinkButton kind="quiet" href="/verify">
              {t('checkFile')}
            </LinkButton>
          </div>
        </InsetText>
      </div>
    </>
  );
}
