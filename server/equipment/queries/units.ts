import { sql } from 'drizzle-orm';
import { localDate } from '#server/calendar/index.ts';
import { query, reader } from '#server/platform/index.ts';
import { FacilityOnly, ListUnits, UnitRef } from '../inputs.ts';
import { canListUnits, canReadUnit, canRegisterUnit, keepsEquipment } from '../policy.ts';
import { checksOf, getUnitRow, holdingOf, logOf, statusOnDay, unitsVisibleTo } from '../records.ts';
import type { CheckKind, UnitStatus } from '../rules.ts';
import { type UnitView, unitViews } from '../unit-views.ts';

const pageSize = 50;

export interface UnitList {
  items: UnitView[];
  page: number;
  pageSize: number;
  total: number;
  /** of the one facility asked for: whether this person may enter another machine */
  mayAdd: boolean;
}

/** The machines one may see: what is overdue first, then by facility and device. */
export const listUnits = query({
  input: ListUnits,
  load: async (db, { facilityId, status, overdue, page }, ctx) => {
    const today = localDate(ctx.now());
    const conditions = [
      unitsVisibleTo(ctx.actor),
      ...(facilityId ? [sql`u.facility_id = ${facilityId}`] : []),
      status ? sql`${statusOnDay(today)} = ${status}` : sql`${statusOnDay(today)} <> 'decommissioned'`,
      ...(overdue ? [overdueOn(today)] : []),
    ];
    const rows = await db.execute<{ id: string; total: number }>(sql`
      select u.id, count(*) over ()::int as total from equipment_units u
      join facilities f on f.id = u.facility_id join register_entries e on e.id = f.id left join devices d on d.id = u.device_id
      where ${sql.join(conditions, sql` and `)}
      order by ${overdueOn(today)} desc, f.name collate "vi-x-icu", d.name collate "vi-x-icu", u.serial, u.id
      limit ${pageSize} offset ${(page - 1) * pageSize}`);
    const holding = facilityId ? await holdingOf(db, facilityId) : null;
    return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0, holding };
  },
  allow: (actor) => canListUnits(actor),
  view: async (ctx, { ids, total, holding }, { page }): Promise<UnitList> => ({
    items: await unitViews(reader(ctx), ids, localDate(ctx.now())),
    page,
    pageSize,
    total,
    mayAdd: holding !== null && keepsEquipment(ctx.actor, holding),
  }),
});

/** `dueCheck` of the rules says overdue, in the database. */
const overdueOn = (today: string) => sql`(${overdueKind('calibration', today)} or ${overdueKind('inspection', today)})`;

function overdueKind(kind: CheckKind, today: string) {
  const months = kind === 'calibration' ? sql`u.calibration_months` : sql`u.inspection_months`;
  return sql`coalesce((coalesce((select max(c.done_on) from equipment_checks c where c.unit_id = u.id and c.kind = ${kind} and c.passed),
    u.installed_on) + make_interval(months => ${months}))::date < ${today}::date, false)`;
}

export interface UnitDetail extends UnitView {
  /** the latest first */
  log: { id: number; status: UnitStatus; since: string; note: string | null; recordedAt: Date }[];
  checks: {
    id: number;
    kind: CheckKind;
    doneOn: string;
    passed: boolean;
    doneBy: string;
    certificate: string | null;
  }[];
  /** whether this person may record something now */
  mayRecord: boolean;
}

/** One machine with everything that was recorded of it. */
export const getUnit = query({
  input: UnitRef,
  load: (db, { unitId }) => getUnitRow(db, unitId),
  allow: (actor, { holding }) => canReadUnit(actor, holding),
  view: async (ctx, { unit, holding }): Promise<UnitDetail> => {
    const db = reader(ctx);
    const [view] = await unitViews(db, [unit.id], localDate(ctx.now()));
    const [log, checks] = [await logOf(db, unit.id), await checksOf(db, [unit.id])];
    const ended = log.some(({ status }) => status === 'decommissioned');
    return {
      ...view!,
      log: log.map(({ id, status, since, note, recordedAt }) => ({ id, status, since, note, recordedAt })).reverse(),
      checks: checks
        .map(({ id, kind, doneOn, passed, doneBy, certificate }) => ({ id, kind, doneOn, passed, doneBy, certificate }))
        .reverse(),
      mayRecord: keepsEquipment(ctx.actor, holding) && !ended,
    };
  },
});

/** Whether one may enter machines of a facility: asked before its form is shown. */
export const unitForm = query({
  input: FacilityOnly,
  load: (db, { facilityId }) => holdingOf(db, facilityId),
  allow: (actor, holding) => canRegisterUnit(actor, holding),
  view: (_ctx, _holding, { facilityId }) => ({ facilityId }),
});
