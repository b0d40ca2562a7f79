import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import type { LotHolder } from '#server/equipment/index.ts';

/** Every facility that has reported machines of the lots a notice names. */
export function NoticeHolders({ holders }: { holders: LotHolder[] }) {
  const t = useTranslations('equipment.public');
  return (
    <section className="stack">
      <h2>{t('holders')}</h2>
      {holders.length > 0 && <p className="hint">{t('holdersIntro')}</p>}
      <DataTable
        caption={t('holders')}
        hideCaption
        empty={<p className="hint">{t('noHolders')}</p>}
        columns={[
          { key: 'facility', label: t('facility') },
          { key: 'device', label: t('device') },
          { key: 'lot', label: t('lot') },
          { key: 'count', label: t('count'), number: true },
        ]}
        rows={holders.map(({ facilityId, name, deviceId, device, lot, count }) => ({
          id: [facilityId, deviceId, lot].join(' '),
          cells: {
            facility: <Link href={`/registers/facilities/${facilityId}`}>{name}</Link>,
            device,
            lot: lot ?? t('noLot'),
            count,
          },
        }))}
      />
    </section>
  );
}
