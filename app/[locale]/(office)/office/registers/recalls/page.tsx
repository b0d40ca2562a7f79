import { getTranslations } from 'next-intl/server';
import { RecallTable } from '#app/_parts/drugs/recall-table.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState } from '#app/_ui/status.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('recalls'))('desk.title') };
}

/** Recalls for officials: the way to a new one, which the ministry proposes, and to who has answered each. */
export default async function RecallsDeskPage({ searchParams }: Props) {
  const asked = await searchParams;
  const q = textIn(asked, 'q');
  const page = pageIn(asked, 100_000);
  const [{ mayAdd }, list] = await read((api) => Promise.all([api.registers.desk({}), api.drugs.recalls({ q, page })]));
  const t = await getTranslations('recalls');
  return (
    <>
      <PageTitle
        title={t('desk.title')}
        below={t('desk.intro')}
        actions={
          mayAdd.includes('recalls') && <LinkButton href="/office/registers/new/recalls">{t('desk.new')}</LinkButton>
        }
      />
      <div className="stack-l">
        <FilterForm action="/office/registers/recalls" label={t('list.title')}>
          <TextField name="q" label={t('list.q')} defaultValue={q} type="search" autoComplete="off" />
        </FilterForm>
        <RecallTable
          recalls={list.items}
          base="/office/registers/recalls"
          empty={<EmptyState title={t('list.none')}>{t('list.noneHint')}</EmptyState>}
        />
        <Pagination
          page={list.page}
          pageSize={list.pageSize}
          total={list.total}
          href={(to) => `/office/registers/recalls?${new URLSearchParams({ q, page: String(to) })}`}
        />
      </div>
    </>
  );
}
