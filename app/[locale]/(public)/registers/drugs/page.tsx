import { getTranslations } from 'next-intl/server';
import { DrugTable } from '#app/_parts/registers/drug-table.tsx';
import { RegisterTabs } from '#app/_parts/registers/register-tabs.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { Select, TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { SearchDrugs } from '#server/drugs/inputs.ts';
import { drugStatuses } from '#server/drugs/rules.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('drugs'))('list.title') };
}

/** The public register of drugs: what is typed and chosen is the address. */
export default async function DrugsPage({ searchParams }: Props) {
  const asked = await searchParams;
  const text = (name: string) => textIn(asked, name);
  const q = text('q');
  const status = SearchDrugs.shape.status.safeParse(text('status') || undefined).data;
  const page = pageIn(asked, 100_000);
  const list = await read((api) => api.drugs.search({ q, ...(status ? { status } : {}), page }));
  const t = await getTranslations('drugs');
  const href = (to: number) => `/registers/drugs?${new URLSearchParams({ q, status: status ?? '', page: String(to) })}`;
  return (
    <Page>
      <PageTitle title={t('list.title')} below={t('list.intro')} />
      <div className="stack-l">
        <RegisterTabs />
        <FilterForm action="/registers/drugs" label={t('list.title')}>
          <TextField
            name="q"
            label={t('list.q')}
            defaultValue={q}
            type="search"
            autoComplete="off"
            spellCheck={false}
          />
          <Select
            name="status"
            label={t('list.status')}
            empty={t('list.anyStatus')}
            options={drugStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
            defaultValue={status ?? ''}
          />
        </FilterForm>
        <p role="status">{t('list.found', { count: list.total })}</p>
        <DrugTable drugs={list.items} />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} href={href} />
      </div>
    </Page>
  );
}
