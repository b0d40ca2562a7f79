import { getTranslations } from 'next-intl/server';
import { NoticeTable } from '#app/_parts/registers/notice-table.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('notices'))('list.title') };
}

/** Field-safety notices for officials: the way to a new one, and to a change of each. */
export default async function NoticesDeskPage({ searchParams }: Props) {
  const asked = await searchParams;
  const q = textIn(asked, 'q');
  const page = pageIn(asked, 100_000);
  const [{ mayAdd }, list] = await read((api) =>
    Promise.all([api.registers.desk({}), api.devices.notices({ q, page })]),
  );
  const [t, desk] = await Promise.all([getTranslations('notices'), getTranslations('registers.desk')]);
  const base = '/office/registers/notices';
  return (
    <>
      <PageTitle
        title={t('list.title')}
        below={t('deskIntro')}
        actions={
          mayAdd.includes('notices') && (
            <LinkButton href="/office/registers/new/notices">{desk('new.notices')}</LinkButton>
          )
        }
      />
      <div className="stack-l">
        <FilterForm action={base} label={t('list.title')}>
          <TextField name="q" label={t('list.q')} defaultValue={q} type="search" autoComplete="off" />
        </FilterForm>
        <p role="status">{t('list.found', { count: list.total })}</p>
        <NoticeTable notices={list.items} base={base} />
        <Pagination
          page={list.page}
          pageSize={list.pageSize}
          total={list.total}
          href={(to) => `${base}?${new URLSearchParams({ q, page: String(to) })}`}
        />
      </div>
    </>
  );
}
