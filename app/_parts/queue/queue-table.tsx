import { useLocale, useTranslations } from 'next-intl';
import { Unread } from '#app/_parts/unread.tsx';
import { type Column, DataTable } from '#app/_ui/data-table.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Tag } from '#app/_ui/status.tsx';
import type { Locale } from '#i18n/routing.ts';
import type { InboxRow } from '#server/dossiers/index.ts';
import type { InboxScope } from '#server/dossiers/inputs.ts';
import { sortedHref } from './queue-filters.tsx';
import type { QueueSearch } from './queue-search.ts';

const tones = { late: 'late', soon: 'wait', inTime: 'ok', stopped: 'info', none: 'plain' } as const;

/** The rows of one page of the queue, each with a tick. */
export function QueueTable(props: { scope: InboxScope; search: QueueSearch; items: InboxRow[]; total: number }) {
  const { scope, search, items, total } = props;
  const t = useTranslations('queue');
  const step = useTranslations('dossiers.steps');
  const late = useTranslations('deadlines.late');
  const locale = useLocale() as Locale;
  const sortable = (key: 'due' | 'title', label: string): Column => ({
    key,
    label,
    sortHref: sortedHref(scope, search, key),
    ...(search.filters.sort === key ? { sorted: 'ascending' as const } : {}),
    ...(search.filters.sort === `-${key}` ? { sorted: 'descending' as const } : {}),
  });
  return (
    <DataTable
      caption={t('caption', { total })}
      hideCaption
      select={{ name: 'dossier' }}
      columns={[
        sortable('title', t('columns.dossier')),
        { key: 'step', label: t('columns.step') },
        { key: 'taken', label: t('columns.taken') },
        sortable('due', t('columns.due')),
        { key: 'left', label: t('columns.left'), number: true },
        { key: 'state', label: t('columns.state') },
      ]}
      rows={items.map((row) => ({
        id: row.dossierId,
        name: `${row.title} ${row.code}`,
        late: row.urgency === 'late',
        cells: {
          title: (
            <>
              <Link href={`/office/dossiers/${row.dossierId}`}>{row.title}</Link>
              <small className="code">{row.code}</small>
              <Unread count={row.unread} href={`/office/dossiers/${row.dossierId}/messages`} />
            </>
          ),
          step: (
            <>
              {step(row.step)}
              <small>{row.procedureTitle[locale]}</small>
            </>
          ),
          taken: row.assignee ? (row.assignee.me ? t('me') : row.assignee.name) : t('nobody'),
          due: row.stepDueAt ? formatDate(row.stepDueAt) : '—',
          left: row.remainingDays === null ? '—' : t('days', { days: row.remainingDays }),
          state: (
            <>
              <Tag tone={tones[row.urgency]}>{t(`urgency.${row.urgency}`)}</Tag>
              {(row.dossierUrgency === 'late' || row.dossierUrgency === 'soon') && (
                <small>{late(`dossierUrgency.${row.dossierUrgency}`)}</small>
              )}
            </>
          ),
        },
      }))}
    />
  );
}
