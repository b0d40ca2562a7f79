import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { UnitView } from '#server/equipment/index.ts';
import { DueText } from './due-text.tsx';

const tones: Record<UnitView['status'], Tone> = {
  working: 'ok',
  'needs-repair': 'wait',
  unserviceable: 'late',
  decommissioned: 'plain',
};

export function UnitTag({ status }: { status: UnitView['status'] }) {
  const t = useTranslations('equipment.statuses');
  return <Tag tone={tones[status]}>{t(status)}</Tag>;
}

/** Machines with their state and what is due; `base` is where one is shown. */
export function UnitTable({ units, base }: { units: UnitView[]; base: string }) {
  const t = useTranslations('equipment');
  return (
    <DataTable
      caption={t('list.caption')}
      hideCaption
      empty={<EmptyState title={t('list.none')}>{t('list.noneHint')}</EmptyState>}
      columns={[
        { key: 'unit', label: t('list.unit') },
        { key: 'facility', label: t('list.facility') },
        { key: 'status', label: t('list.status') },
        { key: 'calibration', label: t('kinds.calibration') },
        { key: 'inspection', label: t('kinds.inspection') },
      ]}
      rows={units.map((unit) => ({
        id: unit.id,
        late: unit.calibration.state === 'overdue' || unit.inspection.state === 'overdue',
        cells: {
          unit: (
            <>
              <Link href={`${base}/${unit.id}`}>
                {unit.device.name} {unit.device.model}
              </Link>
              <span className="hint">{t('list.serial', { serial: unit.serial })}</span>
              {unit.demo && <Tag>{t('list.demo')}</Tag>}
            </>
          ),
          facility: <Link href={`${base}?facility=${unit.facility.id}`}>{unit.facility.name}</Link>,
          status: <UnitTag status={unit.status} />,
          calibration: <DueText plan={unit.calibration} />,
          inspection: <DueText plan={unit.inspection} />,
        },
      }))}
    />
  );
}
