import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { DeviceView } from '#server/devices/index.ts';
import { NoticeTag } from './notice-table.tsx';

const tones: Record<DeviceView['status'], Tone> = {
  inForce: 'ok',
  suspended: 'late',
  expired: 'late',
  withdrawn: 'late',
};

export function DeviceTag({ status }: { status: DeviceView['status'] }) {
  const t = useTranslations('devices.status');
  return <Tag tone={tones[status]}>{t(status)}</Tag>;
}

/** A page of the register of devices, each with the safety notices that stand; `base` is where the pages of its devices are. */
export function DeviceTable({ devices, base = '/registers/devices' }: { devices: DeviceView[]; base?: string }) {
  const t = useTranslations('devices');
  return (
    <DataTable
      caption={t('list.title')}
      hideCaption
      empty={<EmptyState title={t('list.none')}>{t('list.noneHint')}</EmptyState>}
      columns={[
        { key: 'name', label: t('list.name') },
        { key: 'class', label: t('list.class') },
        { key: 'number', label: t('list.number') },
        { key: 'maker', label: t('list.maker') },
        { key: 'status', label: t('list.status') },
      ]}
      rows={devices.map((device) => ({
        id: device.id,
        cells: {
          name: (
            <>
              <Link href={`${base}/${device.id}`}>
                {device.name} {device.model}
              </Link>
              <span className="hint">{device.type}</span>
              {device.demo && <Tag>{t('list.demo')}</Tag>}
            </>
          ),
          class: t(`deviceClass.${device.deviceClass}`),
          number: device.registrationNumber,
          maker: device.maker,
          status: (
            <>
              <DeviceTag status={device.status} />
              {device.notices.map((notice) => (
                <Link key={notice.id} href={`/registers/notices/${notice.id}`}>
                  <NoticeTag kind={notice.kind} /> {notice.number}
                </Link>
              ))}
            </>
          ),
        },
      }))}
    />
  );
}
