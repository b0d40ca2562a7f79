import { getTranslations } from 'next-intl/server';
import { dayAsked } from '#app/_parts/registers/day-asked.ts';
import { DayField } from '#app/_parts/registers/day-field.tsx';
import { DeviceTable } from '#app/_parts/registers/device-table.tsx';
import { EntriesAsOf } from '#app/_parts/registers/entries-as-of.tsx';
import { RegisterTabs } from '#app/_parts/registers/register-tabs.tsx';
import { TakeAway } from '#app/_parts/registers/take-away.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { Select, TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { SearchDevices } from '#server/devices/inputs.ts';
import { deviceClasses, deviceStatuses } from '#server/devices/rules.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('devices'))('list.title') };
}

/** The public register of devices: what is typed and chosen is the address. */
export default async function DevicesPage({ searchParams }: Props) {
  const asked = await searchParams;
  const text = (name: string) => textIn(asked, name, 300);
  const { shape } = SearchDevices;
  const q = text('q');
  const chosen = {
    deviceClass: shape.deviceClass.safeParse(text('class') || undefined).data,
    status: shape.status.safeParse(text('status') || undefined).data,
    emdn: shape.emdn.safeParse(text('emdn') || undefined).data,
  };
  const page = pageIn(asked, 100_000);
  const asOf = dayAsked(asked.asOf);
  const [t, say] = await Promise.all([getTranslations('devices'), getTranslations('registers.asOf')]);
  const kept = { q, class: chosen.deviceClass ?? '', status: chosen.status ?? '', emdn: chosen.emdn ?? '' };
  return (
    <Page>
      <PageTitle title={t('list.title')} below={t('list.intro')} />
      <div className="stack-l">
        <RegisterTabs />
        <FilterForm
          action="/registers/devices"
          label={t('list.title')}
          hidden={chosen.emdn ? { emdn: chosen.emdn } : {}}
        >
          <TextField
            name="q"
            label={t('list.q')}
            defaultValue={q}
            type="search"
            autoComplete="off"
            spellCheck={false}
          />
          <Select
            name="class"
            label={t('list.class')}
            empty={t('list.anyClass')}
            options={deviceClasses.map((value) => ({ value, label: t(`deviceClass.${value}`) }))}
            defaultValue={kept.class}
          />
          <Select
            name="status"
            label={t('list.status')}
            empty={t('list.anyStatus')}
            options={deviceStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
            defaultValue={kept.status}
          />
          <DayField name="asOf" label={say('day')} hint={say('dayHint')} asked={asOf} optional />
        </FilterForm>
        {chosen.emdn && (
          <p>
            {t('list.emdn', { code: chosen.emdn })} <Link href="/registers/devices">{t('list.anyEmdn')}</Link>
          </p>
        )}
        {asOf.day ? (
          <DevicesOn day={asOf.day} kept={kept} page={page} />
        ) : (
          <DevicesToday criteria={{ q, ...chosen, page }} kept={kept} />
        )}
        <TakeAway register="devices" query={asOf.day ? { ...kept, emdn: '', asOf: asOf.day } : kept} />
      </div>
    </Page>
  );
}

type Kept = { q: string; class: string; status: string; emdn: string };

async function DevicesOn({ day, kept, page }: { day: string; kept: Kept; page: number }) {
  const { q, status, emdn: _emdn, class: deviceClass } = kept;
  const list = await read((api) =>
    api.registers.entries({ register: 'devices', on: day, q, status, criteria: { class: deviceClass }, page }),
  );
  return <EntriesAsOf list={list} query={{ q, status, class: deviceClass, asOf: day }} />;
}

async function DevicesToday({ criteria, kept }: { criteria: SearchDevices; kept: Kept }) {
  const list = await read((api) => api.devices.search(criteria));
  const t = await getTranslations('devices');
  const href = (to: number) => `/registers/devices?${new URLSearchParams({ ...kept, page: String(to) })}`;
  return (
    <>
      <p role="status">{t('list.found', { count: list.total })}</p>
      <DeviceTable devices={list.items} />
      <Pagination page={list.page} pageSize={list.pageSize} total={list.total} href={href} />
    </>
  );
}
