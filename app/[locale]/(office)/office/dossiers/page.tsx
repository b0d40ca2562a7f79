import { getTranslations } from 'next-intl/server';
import { toneOfState } from '#app/_parts/state-tone.ts';
import { read } from '#app/_server/caller.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import { dossierStates } from '#server/dossiers/rules.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('dossiers.office'))('all') };
}

/** Every dossier of the authorities the official works for, by state and words. */
export default async function OfficeDossiers({
  searchParams,
}: {
  searchParams: Promise<{ state?: string; q?: string; page?: string }>;
}) {
  const [t, queue, search] = await Promise.all([getTranslations('dossiers'), getTranslations('queue'), searchParams]);
  const asked = Number(search.state);
  const state = asked >= 1 && asked <= 10 ? asked : undefined;
  const q = search.q?.slice(0, 200) ?? '';
  const page = Math.max(1, Number(search.page ?? 1) || 1);
  const list = await read((api) => api.dossiers.officeList({ page, ...(state ? { state } : {}), ...(q ? { q } : {}) }));
  return (
    <>
      <PageTitle title={t('office.all')} />
      <FilterForm action="/office/dossiers" label={queue('filters.label')}>
        <Select
          name="state"
          label={queue('columns.state')}
          empty={queue('filters.all')}
          defaultValue={state ? String(state) : ''}
          options={Object.entries(dossierStates)
            .filter(([number]) => number !== '0')
            .map(([number, name]) => ({ value: number, label: t(`states.${name}`) }))}
        />
        <TextField
          name="q"
          label={queue('filters.q')}
          placeholder={queue('filters.qHint')}
          defaultValue={q}
          type="search"
        />
      </FilterForm>
      <DataTable
        caption={t('my.caption', { total: list.total })}
        hideCaption
        empty={<EmptyState title={queue('emptyNarrowed')} />}
        columns={[
          { key: 'dossier', label: queue('columns.dossier') },
          { key: 'state', label: queue('columns.state') },
          { key: 'filed', label: t('my.date') },
          { key: 'due', label: t('my.due') },
        ]}
        rows={list.items.map((row) => ({
          id: row.id,
          cells: {
            dossier: (
              <>
                <Link href={`/office/dossiers/${row.id}`}>{row.title}</Link>
                <small className="code">{row.code}</small>
              </>
            ),
            state: <Tag tone={toneOfState(row.state)}>{t(`states.${row.state}`)}</Tag>,
            filed: row.filedAt ? formatDate(row.filedAt) : '',
            due: row.dueAt ? formatDate(row.dueAt) : '—',
          },
        }))}
      />
      <Pagination
        page={list.page}
        pageSize={list.pageSize}
        total={list.total}
        href={(n) =>
          `/office/dossiers?${new URLSearchParams({ page: String(n), ...(state ? { state: String(state) } : {}), ...(q ? { q } : {}) })}`
        }
      />
    </>
  );
}
