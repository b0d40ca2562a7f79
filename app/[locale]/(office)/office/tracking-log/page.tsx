import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Button } from '#app/_ui/button.tsx';
import { DocumentCard } from '#app/_ui/cards.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select } from '#app/_ui/field.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { localDate } from '#server/calendar/rules.ts';
import { now } from '#server/platform/clock.ts';
import { issueLog } from './actions.ts';

type Search = { from?: string; to?: string; authority?: string };

export async function generateMetadata() {
  return { title: (await getTranslations('deadlines.slip'))('log') };
}

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Form 06 as a list one can print, and as a numbered PDF that is kept. Days are in the address. */
export default async function TrackingLog({ searchParams }: { searchParams: Promise<Search> }) {
  const [search, t, tDossiers, locale] = await Promise.all([
    searchParams,
    getTranslations('deadlines.slip'),
    getTranslations('dossiers'),
    getLocale(),
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
      <search aria-label={t('show')}>
        <form className="filters" action={localePath(locale, '/office/tracking-log')}>
          {authorities.length > 1 && (
            <Select
              name="authority"
              label={t('authority')}
              defaultValue={organisationId}
              options={authorities.map((each) => ({ value: each.id, label: each.name }))}
            />
          )}
          <DayInput name="from" label={t('from')} value={range.fromOn} />
          <DayInput name="to" label={t('to')} value={range.toOn} />
          <Button kind="quiet">{t('show')}</Button>
        </form>
      </search>
      <div className="stack-l">
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

/** The browser's own day input: the form goes out by GET and keeps its days in the address. */
function DayInput({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <div className="field">
      <label htmlFor={`log-${name}`}>{label}</label>
      <input id={`log-${name}`} type="date" name={name} className="input" defaultValue={value} />
    </div>
  );
}
