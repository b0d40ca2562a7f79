import { getTranslations } from 'next-intl/server';
import { DrugTable } from '#app/_parts/registers/drug-table.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('drugs'))('desk.title') };
}

/** The register of drugs for officials: each leads to what is recorded beside its registration. */
export default async function DrugsDeskPage({ searchParams }: Props) {
  const asked = await searchParams;
  const q = textIn(asked, 'q');
  const page = pageIn(asked, 100_000);
  await read((api) => api.registers.requests({}));
  const list = await read((api) => api.drugs.search({ q, page }));
  const t = await getTranslations('drugs');
  return (
    <>
      <PageTitle title={t('desk.title')} below={t('desk.intro')} />
      <div className="stack-l">
        <FilterForm action="/office/registers/drugs" label={t('desk.title')}>
          <TextField name="q" label={t('list.q')} defaultValue={q} type="search" autoComplete="off" />
        </FilterForm>
        <p role="status">{t('list.found', { count: list.total })}</p>
        <DrugTable drugs={list.items} base="/office/registers/drugs" />
        <Pagination
          page={list.page}
          pageSize={list.pageSize}
          total={list.total}
          href={(to) => `/office/registers/drugs?${new URLSearchParams({ q, page: String(to) })}`}
        />
      </div>
    </>
  );
}
