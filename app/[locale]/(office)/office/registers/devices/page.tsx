import { getTranslations } from 'next-intl/server';
import { DeviceTable } from '#app/_parts/registers/device-table.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('devices'))('list.title') };
}

/** The register of devices for officials: each leads to what may be proposed of it. */
export default async function DevicesDeskPage({ searchParams }: Props) {
  const asked = await searchParams;
  const q = textIn(asked, 'q');
  const page = pageIn(asked, 100_000);
  const [{ mayAdd }, list] = await read((api) =>
    Promise.all([api.registers.desk({}), api.devices.search({ q, page })]),
  );
  const [t, desk] = await Promise.all([getTranslations('devices'), getTranslations('registers.desk')]);
  const base = '/office/registers/devices';
  return (
    <>
      <PageTitle
        title={t('list.title')}
        below={t('deskIntro')}
        actions={
          mayAdd.includes('devices') && (
            <LinkButton href="/office/registers/new/devices">{desk('new.devices')}</LinkButton>
          )
        }
      />
      <div className="stack-l">
        <FilterForm action={base} label={t('list.title')}>
          <TextField name="q" label={t('list.q')} defaultValue={q} type="search" autoComplete="off" />
        </FilterForm>
        <p role="status">{t('list.found', { count: list.total })}</p>
        <DeviceTable devices={list.items} base={base} />
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
