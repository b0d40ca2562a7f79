import { getTranslations } from 'next-intl/server';
import { RecallTable } from '#app/_parts/drugs/recall-table.tsx';
import { RegisterTabs } from '#app/_parts/registers/register-tabs.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState } from '#app/_ui/status.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('recalls'))('list.title') };
}

/** Every recall of a drug, found by the batch number on the box. */
export default async function RecallsPage({ searchParams }: Props) {
  const asked = await searchParams;
  const q = textIn(asked, 'q');
  const page = pageIn(asked, 100_000);
  const list = await read((api) => api.drugs.recalls({ q, page }));
  const t = await getTranslations('recalls');
  return (
    <Page>
      <PageTitle title={t('list.title')} below={t('list.intro')} />
      <div className="stack-l">
        <RegisterTabs />
        <FilterForm action="/registers/recalls" label={t('list.title')}>
          <TextField
            name="q"
            label={t('list.q')}
            defaultValue={q}
            type="search"
            autoComplete="off"
            spellCheck={false}
          />
        </FilterForm>
        <p role="status">{t('list.found', { count: list.total })}</p>
        <RecallTable
          recalls={list.items}
          base="/registers/recalls"
          empty={<EmptyState title={t('list.none')}>{t('list.noneHint')}</EmptyState>}
        />
        <Pagination
          page={list.page}
          pageSize={list.pageSize}
          total={list.total}
          href={(to) => `/registers/recalls?${new URLSearchParams({ q, page: String(to) })}`}
        />
      </div>
    </Page>
  );
}
