import { permanentRedirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { CodeNames } from '#app/_parts/registers/code-names.tsx';
import { DeviceTag } from '#app/_parts/registers/device-table.tsx';
import { NoticeTag } from '#app/_parts/registers/notice-table.tsx';
import { VersionFacts } from '#app/_parts/registers/version-facts.tsx';
import { read } from '#app/_server/caller.ts';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';

type Props = { params: Promise<{ id: string }> };
const load = async (id: string) => read((api) => api.registers.entry({ register: 'devices', id }));

export async function generateMetadata({ params }: Props) {
  return { title: (await load((await params).id)).title };
}

/** One device model as it stands today, with the safety notices about it. */
export default async function DevicePage({ params }: Props) {
  const entry = await load((await params).id);
  if (entry.movedTo) permanentRedirect(localePath(await getLocale(), `/registers/devices/${entry.movedTo}`));
  const device = await read((api) => api.devices.get({ id: entry.id }));
  const codes = device.emdn ? [device.emdn] : [];
  const emdn = await read((api) => api.nomenclatures.names({ system: 'emdn', codes }));
  const t = await getTranslations('devices');
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('list.title'), href: '/registers/devices' }, { label: entry.title }]} />
      <PageTitle
        title={entry.title}
        above={device.registrationNumber}
        below={
          <>
            <DeviceTag status={device.status} /> <Tag>{t(`deviceClass.${device.deviceClass}`)}</Tag>{' '}
            {device.demo && <Tag>{t('list.demo')}</Tag>}
          </>
        }
      />
      <div className="stack-l">
        {device.status === 'withdrawn' && (
          <Notice tone="late">{t('detail.withdrawn', { day: formatDate(device.withdrawnOn!) })}</Notice>
        )}
        {device.status === 'suspended' && (
          <Notice tone="late">{t('detail.suspended', { day: formatDate(device.suspendedFrom!) })}</Notice>
        )}
        {device.status === 'expired' && <Notice tone="late">{t('detail.expired')}</Notice>}
        <section className="stack">
          <h2>{t('detail.notices')}</h2>
          {device.notices.length === 0 && <p className="hint">{t('detail.noNotices')}</p>}
          {device.notices.map((notice) => (
            <Notice key={notice.id} tone={notice.kind === 'recall' ? 'late' : 'wait'}>
              <p>
                <NoticeTag kind={notice.kind} />{' '}
                <Link href={`/registers/notices/${notice.id}`}>
                  {notice.number}: {notice.title}
                </Link>
              </p>
              <p>{notice.text}</p>
            </Notice>
          ))}
        </section>
        <section className="stack">
          <h2>{t('detail.facts')}</h2>
          <VersionFacts register="devices" fields={entry.fields ?? []} />
          <CodeNames system="emdn" codes={codes} found={emdn} />
        </section>
        <p className="row">
          <Link href={`/registers/devices/${device.id}/history`}>{t('detail.asOf')}</Link>
          <Link href={`/registers/devices/${device.id}/suggest`}>{t('detail.suggest')}</Link>
        </p>
      </div>
    </Page>
  );
}
