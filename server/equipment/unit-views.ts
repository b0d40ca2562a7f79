import { inArray } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { devices } from '#db/schema/devices.ts';
import { equipmentUnits } from '#db/schema/equipment.ts';
import { facilities } from '#db/schema/facilities.ts';
import { type CheckRow, checksOf, logsOf, type Unit } from './records.ts';
import { type CheckKind, type DueState, dueCheck, statusOn, type UnitStatus } from './rules.ts';

/** How often a check is asked for, when it was done last and when it is due. */
export interface CheckPlan {
  months: number | null;
  lastOn: string | null;
  dueOn: string | null;
  state: DueState | null;
}

/** A machine as its keepers see it. */
export interface UnitView {
  id: string;
  facility: { id: string; name: string };
  device: { id: string; name: string; maker: string; model: string; type: string };
  serial: string;
  lot: string | null;
  udi: string | null;
  expiresOn: string | null;
  installedOn: string;
  status: UnitStatus;
  since: string;
  calibration: CheckPlan;
  inspection: CheckPlan;
  demo: boolean;
}

/** Machines in the order of their ids. */
export async function unitViews(db: Reader, ids: readonly string[], today: string): Promise<UnitView[]> {
  if (ids.length === 0) return [];
  const units = await db
    .select()
    .from(equipmentUnits)
    .where(inArray(equipmentUnits.id, [...ids]));
  const [logs, checks, models, places] = [
    Map.groupBy(await logsOf(db, ids), ({ unitId }) => unitId),
    Map.groupBy(await checksOf(db, ids), ({ unitId }) => unitId),
    await db
      .select()
      .from(devices)
      .where(
        inArray(
          devices.id,
          units.map(({ deviceId }) => deviceId),
        ),
      ),
    await db
      .select({ id: facilities.id, name: facilities.name })
      .from(facilities)
      .where(
        inArray(
          facilities.id,
          units.map(({ facilityId }) => facilityId),
        ),
      ),
  ];
  const [byId, modelById, placeById] = [byKey(units), byKey(models), byKey(places)];
  return ids.flatMap((id) => {
    const unit = byId.get(id);
    if (!unit) return [];
    const said = statusOn(logs.get(id) ?? [], today);
    const model = modelById.get(unit.deviceId);
    const { name = '', maker = '', model: designation = '', type = '' } = model ?? {};
    return [
      {
        id,
        facility: placeById.get(unit.facilityId) ?? { id: unit.facilityId, name: '' },
        device: { id: unit.deviceId, name, maker, model: designation, type },
        serial: unit.serial,
        lot: unit.lot,
        udi: unit.udi,
        expiresOn: unit.expiresOn,
        installedOn: unit.installedOn,
        status: said?.status ?? 'working',
        since: said?.since ?? unit.installedOn,
        calibration: planOf(unit, 'calibration', checks.get(id) ?? [], today),
        inspection: planOf(unit, 'inspection', checks.get(id) ?? [], today),
        demo: unit.demo,
      },
    ];
  });
}

const byKey = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

function planOf(unit: Unit, kind: CheckKind, checks: readonly CheckRow[], today: string): CheckPlan {
  const months = kind === 'calibration' ? unit.calibrationMonths : unit.inspectionMonths;
  // a check that was failed is done again, so it moves no day
  const done = checks.filter((check) => check.kind === kind && check.passed).map(({ doneOn }) => doneOn);
  const lastOn = done.sort().at(-1) ?? null;
  const due = dueCheck(months, lastOn, unit.installedOn, today);
  return { months, lastOn, dueOn: due?.dueOn ?? null, state: due?.state ?? null };
}
