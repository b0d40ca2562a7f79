import { getTranslations } from 'next-intl/server';
import { NoticeTable } from '#app/_parts/registers/notice-table.tsx';
import { RegisterTabs } from '#app/_parts/registers/register-tabs.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('notices'))('list.title') };
}

/** Field-safety notices: what stands first, the latest on top. */
export default async function NoticesPage({ searchParams }: Props) {
  const asked = await searchParams;
  const text = (name: string) => textIn(asked, name);
  const q = text('q');
  const page = pageIn(asked, 100_000);
  const list = await read((api) => api.devices.notices({ q, page }));
  const t = await getTranslations('notices');
  const href = (to: number) => `/registers/notices?${new URLSearchParams({ q, page: String(to) })}`;
  return (
    <Page>
      <PageTitle title={t('list.title')} below={t('list.intro')} />
      <div className="stack-l">
        <RegisterTabs />
        <FilterForm action="/registers/notices" label={t('list.title')}>
          <TextField name="q" label={t('list.q')} defaultValue={q} type="search" autoComplete="off" />
        </FilterForm>
        <p role="status">{t('list.found', { count: list.total })}</p>
        <NoticeTable notices={list.items} />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} href={href} />
      </div>
    </Page>
  );
}
