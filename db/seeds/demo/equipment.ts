import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { devices } from '#db/schema/devices.ts';
import { equipmentChecks, equipmentStatuses, equipmentUnits } from '#db/schema/equipment.ts';
import { localDate } from '#server/calendar/index.ts';
import { newContext, newId, now, systemActor, transaction } from '#server/platform/index.ts';
import { shifted } from './days.ts';

/** Two processes that start at once do not enter everything twice. */
const lock = 'demo.equipment';
const recordedBy = 'system:demo';

/** How many hospitals of a province have machines, and which models; the rest have told of none. */
const hospitals = 5;
const kinds = ['SA-3', 'XQ-500', 'CT-64', 'MT-20', 'TD-12', 'KR-2', 'MR-15'];

type Status = (typeof equipmentStatuses.$inferInsert)['status'];

/** The state of the machine of an ordinal: most work, some do not. */
const stateOf = (ordinal: number): Status | null =>
  ordinal % 11 === 3 ? 'needs-repair' : ordinal % 17 === 5 ? 'unserviceable' : null;

/** Machines at the demo's hospitals, the same in every demo, some out of order, some with an overdue check. */
export async function seedDemoEquipment(db: Database, say: (line: string) => void): Promise<void> {
  const ctx = newContext(db, systemActor('demo'), now);
  const today = localDate(ctx.now());
  const entered = await transaction(ctx, async ({ tx }) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${lock}))`);
    const [there] = await tx
      .select({ id: equipmentUnits.id })
      .from(equipmentUnits)
      .where(eq(equipmentUnits.demo, true))
      .limit(1);
    if (there) return 0;
    const places = await tx.execute<{ id: string }>(sql`
      select id from (
        select f.id, f.province_code, f.code, row_number() over (partition by f.province_code order by f.code) as place
        from facilities f where f.demo and f.kind = 'hospital') h
      where place <= ${hospitals} order by province_code, code`);
    const models = await tx
      .select()
      .from(devices)
      .where(eq(devices.demo, true))
      .orderBy(asc(devices.registrationNumber));
    const units = places.flatMap(({ id: facilityId }, place) =>
      kinds.slice(0, 2 + (place % 6)).flatMap((model, kind) => {
        const device = models.find((each) => each.model === model);
        if (!device) return [];
        const ordinal = place * kinds.length + kind;
        return [
          {
            id: newId(),
            facilityId,
            deviceId: device.id,
            serial: `M${String(10_000 + ordinal)}`,
            lot: model === 'MT-20' ? `L240${1 + (place % 4)}` : null,
            installedOn: shifted(today, -200 - ((ordinal * 37) % 900)),
            calibrationMonths: 12,
            inspectionMonths: kind % 2 === 0 ? 24 : null,
            createdBy: recordedBy,
            demo: true,
            ordinal,
          },
        ];
      }),
    );
    if (units.length === 0) return 0;
    await tx.insert(equipmentUnits).values(units.map(({ ordinal: _ordinal, ...unit }) => unit));
    await tx.insert(equipmentStatuses).values(
      units.flatMap(({ id, installedOn, ordinal }) => {
        const state = stateOf(ordinal);
        const said = { unitId: id, recordedBy };
        return [
          { ...said, status: 'working' as Status, since: installedOn },
          ...(state ? [{ ...said, status: state, since: shifted(today, -12) }] : []),
        ];
      }),
    );
    await tx.insert(equipmentChecks).values(
      units
        .filter(({ ordinal }) => ordinal % 5 !== 0)
        .map(({ id, ordinal }) => ({
          unitId: id,
          kind: 'calibration' as const,
          doneOn: shifted(today, -30 - ((ordinal * 13) % 160)),
          passed: true,
          doneBy: 'Trung tâm Kiểm chuẩn Mẫu',
          certificate: `KC-${10_000 + ordinal}`,
          recordedBy,
        })),
    );
    return units.length;
  });
  if (entered > 0) say(`Entered ${entered} demo machines at hospitals`);
}
