import { getTranslations } from 'next-intl/server';
import { DeskList } from '#app/_parts/registers/desk-list.tsx';
import { DeviceTable } from '#app/_parts/registers/device-table.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';

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
  const t = await getTranslations('devices');
  return (
    <DeskList
      register="devices"
      title={t('list.title')}
      intro={t('deskIntro')}
      label={t('list.q')}
      q={q}
      list={list}
      found={t('list.found', { count: list.total })}
      mayAdd={mayAdd}
    >
      <DeviceTable devices={list.items} base="/office/registers/devices" />
    </DeskList>
  );
}
