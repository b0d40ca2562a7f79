import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import { ScannerNotice } from './scanner-notice.tsx';
import { AdministrationTabs } from './tabs.tsx';

type Props = { searchParams: Promise<{ q?: string | string[]; organisation?: string | string[]; page?: string }> };
const one = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');
const tones = { invited: 'wait', active: 'ok', disabled: 'late' } as const;

export async function generateMetadata() {
  return { title: (await getTranslations('administration'))('officials') };
}

/** The officials one administers. */
export default async function Officials({ searchParams }: Props) {
  const [t, roles, query] = await Promise.all([
    getTranslations('administration'),
    getTranslations('identity.roles'),
    searchParams,
  ]);
  const [q, organisationId] = [one(query.q), one(query.organisation)];
  const page = Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1);
  const list = await read((api) => api.identity.officials({ q, organisationId, page }));
  const authorities = await read((api) => api.identity.authorities({}));
  const address = (number: number): string =>
    `/office/administration?${new URLSearchParams({ q, organisation: organisationId, page: String(number) })}`;
  return (
    <>
      <PageTitle
        title={t('officials')}
        below={t('list.count', { count: list.total })}
        actions={<LinkButton href="/office/administration/officials/new">{t('list.add')}</LinkButton>}
      />
      <AdministrationTabs />
      <FilterForm action="/office/administration" label={t('list.searchSubmit')}>
        <TextField name="q" type="search" label={t('list.search')} defaultValue={q} spellCheck={false} />
        {authorities.length > 1 && (
          <Select
            name="organisation"
            label={t('list.authority')}
            empty={t('list.all')}
            options={authorities.map((authority) => ({ value: authority.id, label: authority.name }))}
            defaultValue={organisationId}
          />
        )}
      </FilterForm>
      <DataTable
        caption={t('list.caption')}
        hideCaption
        empty={<EmptyState title={t('list.empty')} />}
        columns={[
          { key: 'name', label: t('list.name') },
          { key: 'post', label: t('list.post') },
          { key: 'roles', label: t('list.roles') },
          { key: 'status', label: t('list.status') },
        ]}
        rows={list.items.map((official) => ({
          id: official.id,
          cells: {
            name: (
              <>
                <Link href={`/office/administration/officials/${official.id}`}>{official.name}</Link>
                <span className="hint"> {official.email}</span>
              </>
            ),
            post: [official.title, official.unitName, official.organisationName].filter(Boolean).join(', '),
            roles: official.roles.map((role) => roles(role)).join(', '),
            status: <Tag tone={tones[official.status]}>{t(`status.${official.status}`)}</Tag>,
          },
        }))}
      />
      {list.total > list.pageSize && (
        <Pagination page={page} pageSize={list.pageSize} total={list.total} href={address} />
      )}
      <ScannerNotice />
    </>
  );
}
