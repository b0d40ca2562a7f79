import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { pageOfStep } from '../dossiers/[id]/page-of-step.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('dossiers.office'))('toSign') };
}

/** What waits for one's own initial, signature or seal, due first. */
export default async function SigningDesk() {
  const [t, queue] = await Promise.all([getTranslations('dossiers'), getTranslations('queue')]);
  const items = await read(async (api) => {
    const lists = await Promise.all(
      (['initial', 'approve', 'issue'] as const).map((step) => api.dossiers.inbox({ scope: 'mine', step, size: 100 })),
    );
    return lists.flatMap((list) => list.items);
  });
  return (
    <>
      <PageTitle title={t('office.toSign')} />
      <DataTable
        caption={t('office.toSign')}
        hideCaption
        empty={<EmptyState title={queue('empty')} />}
        columns={[
          { key: 'dossier', label: queue('columns.dossier') },
          { key: 'step', label: queue('columns.step') },
          { key: 'due', label: queue('columns.due') },
        ]}
        rows={items.map((row) => ({
          id: row.taskId,
          late: row.urgency === 'late',
          cells: {
            dossier: (
              <>
                <Link href={`/office/dossiers/${row.dossierId}/${pageOfStep(row.step)}`}>{row.title}</Link>
                <small className="code">{row.code}</small>
              </>
            ),
            step: t(`steps.${row.step}`),
            due: row.stepDueAt ? formatDate(row.stepDueAt) : '—',
          },
        }))}
      />
    </>
  );
}
