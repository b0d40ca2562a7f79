import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('deadlines.late'))('title') };
}

const tones = { late: 'late', soon: 'wait', inTime: 'ok', stopped: 'info', none: 'plain' } as const;

/** The head's list: dossiers whose whole limit is used up or soon will be, least time first. */
export default async function LateDossiers({ searchParams }: { searchParams: Promise<{ page?: string }> }) {
  const [search, t, tDossiers, tQueue] = await Promise.all([
    searchParams,
    getTranslations('deadlines.late'),
    getTranslations('dossiers'),
    getTranslations('queue'),
  ]);
  const page = Math.max(1, Number(search.page ?? 1) || 1);
  const list = await read((api) => api.dossiers.late({ page }));
  return (
    <>
      <PageTitle title={t('title')} below={t('head')} />
      <DataTable
        caption={t('caption', { total: list.total })}
        hideCaption
        empty={<EmptyState title={t('empty')} />}
        columns={[
          { key: 'dossier', label: t('dossier') },
          { key: 'holder', label: t('holder') },
          { key: 'due', label: t('due') },
          { key: 'left', label: t('left'), number: true },
          { key: 'mark', label: t('mark') },
        ]}
        rows={list.items.map((row) => ({
          id: row.id,
          late: row.urgency === 'late',
          cells: {
            dossier: (
              <>
                <Link href={`/office/dossiers/${row.id}`}>{row.title}</Link>
                <small className="code">{row.code}</small>
              </>
            ),
            holder: (
              <>
                {row.holderName ?? (row.role ? tDossiers(`roles.${row.role}`) : '—')}
                {row.step && <small>{tDossiers(`steps.${row.step}`)}</small>}
              </>
            ),
            due: formatDate(row.dueAt),
            left:
              row.remainingDays < 0
                ? tDossiers('clock.late', { days: -row.remainingDays })
                : t('days', { days: row.remainingDays }),
            mark: <Tag tone={tones[row.urgency]}>{tQueue(`urgency.${row.urgency}`)}</Tag>,
          },
        }))}
      />
      {list.total > 0 && (
        <Pagination
          page={list.page}
          pageSize={list.pageSize}
          total={list.total}
          href={(n) => `/office/late-dossiers?page=${n}`}
        />
      )}
    </>
  );
}
