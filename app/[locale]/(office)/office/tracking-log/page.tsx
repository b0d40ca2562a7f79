import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DocumentCard } from '#app/_ui/cards.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select } from '#app/_ui/field.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { localDate } from '#server/calendar/rules.ts';
import { now } from '#server/platform/clock.ts';
import { issueLog, showLog } from './actions.ts';

type Search = { from?: string; to?: string; authority?: string };

export async function generateMetadata() {
  return { title: (await getTranslations('deadlines.slip'))('log') };
}

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Form 06 as a list one can print, and as a numbered PDF that is kept. Days are in the address. */
export default async function TrackingLog({ searchParams }: { searchParams: Promise<Search> }) {
  const [search, t, tDossiers] = await Promise.all([
    searchParams,
    getTranslations('deadlines.slip'),
    getTranslations('dossiers'),
  ]);
  const today = localDate(now());
  const authorities = await read((api) => api.dossiers.logAuthorities());
  const organisationId = authorities.find((each) => each.id === search.authority)?.id ?? authorities[0]?.id ?? '';
  const toOn = isDay(search.to) ? search.to : today;
  const fromOn = isDay(search.from) && search.from <= toOn ? search.from : `${toOn.slice(0, 8)}01`;
  const range = { organisationId, fromOn, toOn };
  const log = await read((api) => api.dossiers.trackingLog(range));
  return (
    <>
      <PageTitle title={t('log')} below={t('logHint')} />
      <div className="stack-l">
        <ActionForm action={showLog} label={t('show')} id="show">
          {authorities.length > 1 && (
            <Select
              name="organisationId"
              label={t('authority')}
              defaultValue={organisationId}
              options={authorities.map((each) => ({ value: each.id, label: each.name }))}
            />
          )}
          {authorities.length === 1 && <input type="hidden" name="organisationId" value={organisationId} />}
          <DateField name="fromOn" label={t('from')} defaultValue={range.fromOn} />
          <DateField name="toOn" label={t('to')} defaultValue={range.toOn} />
          <SubmitButton kind="quiet">{t('show')}</SubmitButton>
        </ActionForm>
        <DataTable
          caption={t('range', { from: formatDate(range.fromOn), to: formatDate(range.toOn) })}
          empty={<EmptyState title={t('empty')} />}
          columns={[
            { key: 'dossier', label: t('dossier') },
            { key: 'applicant', label: t('applicant') },
            { key: 'received', label: t('received') },
            { key: 'due', label: t('due') },
            { key: 'returned', label: t('returned') },
            { key: 'state', label: t('state') },
          ]}
          rows={log.rows.map((row) => ({
            id: row.code,
            cells: {
              dossier: (
                <>
                  <span className="code">{row.code}</span>
                  <small>{row.procedure}</small>
                </>
              ),
              applicant: (
                <>
                  {row.applicant}
                  <small>{row.contact}</small>
                </>
              ),
              received: formatDate(row.receivedAt),
              due: row.dueAt ? formatDate(row.dueAt) : '—',
              returned: row.returnedAt ? formatDate(row.returnedAt) : '—',
              state: tDossiers(`states.${row.state}`),
            },
          }))}
        />
        <ActionForm action={issueLog.bind(null, range)} label={t('print')}>
          <SubmitButton>{t('print')}</SubmitButton>
        </ActionForm>
        <h2>{t('earlier')}</h2>
        {log.issued.length === 0 && <p>{t('none')}</p>}
        {log.issued.map((each) => (
          <DocumentCard
            key={each.id}
            title={t('number', { number: each.number, year: each.year })}
            href={`/api/files/${each.fileId}`}
            detail={t('range', { from: formatDate(each.fromOn), to: formatDate(each.toOn) })}
          />
        ))}
      </div>
    </>
  );
}
