import { getLocale, getTranslations } from 'next-intl/server';
import { dossierClock } from '#app/_server/dossiers.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDateTime, formatNumber } from '#app/_ui/format.ts';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import type { ClockExplanation } from '#server/calendar/index.ts';
import type { ClockFactView } from '#server/dossiers/index.ts';
import { ClockSummary } from './clock-summary.tsx';

/** What a window with the clock is called. */
export async function titleOfClock({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers.clock')]);
  const { code } = await dossierClock(id);
  return { title: code ? `${t('title')} · ${code}` : t('title') };
}

/** The clock interval by interval, for filer and officer alike. */
export async function ClockPage({
  clock,
  facts,
  title,
  back,
}: {
  clock: ClockExplanation | null;
  facts: ClockFactView[];
  title: string;
  back: { href: string; label: string };
}) {
  const [t, locale] = await Promise.all([getTranslations('dossiers.clock'), getLocale()]);
  return (
    <>
      <Breadcrumbs items={[back, { label: t('title') }]} />
      <PageTitle title={title} />
      {!clock || clock.state === 'notStarted' ? (
        <EmptyState title={t('notStarted')} />
      ) : (
        <div className="stack-l">
          <ClockSummary clock={clock} href={`${back.href}/clock`} settled={facts.at(-1)?.reason === 'resultIssued'} />
          <DataTable
            caption={t('caption')}
            columns={[
              { key: 'kind', label: t('interval') },
              { key: 'from', label: t('from') },
              { key: 'to', label: t('to') },
              { key: 'days', label: t('counts'), number: true },
            ]}
            rows={clock.intervals.map((interval, index) => ({
              id: String(index),
              late: interval.kind === 'overdue',
              cells: {
                kind: (
                  <>
                    {t(`kinds.${interval.kind}`)}
                    {interval.name && <span className="hint"> {interval.name[locale as 'vi' | 'en']}</span>}
                    {interval.reason && <span className="hint"> {t(`reasons.${interval.reason}`)}</span>}
                    {!interval.past && <span className="hint"> {t('expected')}</span>}
                  </>
                ),
                from: formatDateTime(interval.from),
                to: formatDateTime(interval.to),
                days: interval.minutes > 0 ? formatNumber(interval.days, locale, 2) : '0',
              },
            }))}
          />
          <DataTable
            caption={t('facts')}
            columns={[
              { key: 'fact', label: t('fact') },
              { key: 'at', label: t('at') },
              { key: 'before', label: t('dueBefore') },
              { key: 'after', label: t('dueAfter') },
              { key: 'calendar', label: t('calendar') },
            ]}
            rows={facts.map((fact, index) => ({
              id: String(index),
              cells: {
                fact: (
                  <>
                    {t(`factKinds.${fact.kind}`)}
                    <span className="hint"> {t(`reasons.${fact.reason}`)}</span>
                    {fact.days !== null && (
                      <span className="hint">
                        {' '}
                        {t(fact.kind === 'extend' ? 'addedDays' : 'limitDays', { days: fact.days })}
                      </span>
                    )}
                  </>
                ),
                at: formatDateTime(fact.at),
                before: fact.dueBefore ? formatDateTime(fact.dueBefore) : '—',
                after: fact.dueAt ? formatDateTime(fact.dueAt) : '—',
                calendar: <span className="code">{fact.calendarVersion}</span>,
              },
            }))}
          />
        </div>
      )}
    </>
  );
}
