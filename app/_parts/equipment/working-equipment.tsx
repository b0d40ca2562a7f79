import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import type { WorkingEquipment as Working } from '#server/equipment/index.ts';

/** The machines of a facility that work, for everybody; nothing is shown where none was reported. */
export function WorkingEquipment({ equipment }: { equipment: Working[] }) {
  const t = useTranslations('equipment.public');
  if (equipment.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('title')}</h2>
      <DataTable
        caption={t('title')}
        hideCaption
        columns={[
          { key: 'device', label: t('device') },
          { key: 'type', label: t('type') },
          { key: 'count', label: t('count'), number: true },
        ]}
        rows={equipment.map(({ deviceId, name, model, type, count }) => ({
          id: deviceId,
          cells: {
            device: (
              <Link href={`/registers/devices/${deviceId}`}>
                {name} {model}
              </Link>
            ),
            type,
            count,
          },
        }))}
      />
    </section>
  );
}
