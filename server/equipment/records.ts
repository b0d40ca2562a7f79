import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { equipmentChecks, equipmentStatuses, equipmentUnits } from '#db/schema/equipment.ts';
import { facilities } from '#db/schema/facilities.ts';
import { registerEntries } from '#db/schema/registers.ts';
import { type Actor, notFound, type TxContext } from '#server/platform/index.ts';
import { type Holding, holdersSeenBy } from './policy.ts';

export type Unit = typeof equipmentUnits.$inferSelect;
export type StatusRow = typeof equipmentStatuses.$inferSelect;
export type CheckRow = typeof equipmentChecks.$inferSelect;

/** Whose the machines of a facility are; throws notFound. */
export async function holdingOf(db: Reader, facilityId: string): Promise<Holding> {
  const [row] = await db
    .select({
      businessId: facilities.organisationId,
      authorityId: registerEntries.organisationId,
      provinceCode: facilities.provinceCode,
    })
    .from(facilities)
    .innerJoin(registerEntries, eq(registerEntries.id, facilities.id))
    .where(eq(facilities.id, facilityId));
  return row ?? notFound();
}

/** A machine with whose it is; throws notFound. */
export async function getUnitRow(db: Reader, id: string): Promise<{ unit: Unit; holding: Holding }> {
  const [unit] = await db.select().from(equipmentUnits).where(eq(equipmentUnits.id, id));
  if (!unit) return notFound();
  return { unit, holding: await holdingOf(db, unit.facilityId) };
}

/** The same, locked so that what two people record comes one after the other; throws notFound. */
export async function lockUnit(ctx: TxContext, id: string): Promise<{ unit: Unit; holding: Holding }> {
  const [unit] = await ctx.tx.select().from(equipmentUnits).where(eq(equipmentUnits.id, id)).for('update');
  if (!unit) return notFound();
  return { unit, holding: await holdingOf(ctx.tx, unit.facilityId) };
}

export const logsOf = (db: Reader, unitIds: readonly string[]): Promise<StatusRow[]> =>
  db
    .select()
    .from(equipmentStatuses)
    .where(inArray(equipmentStatuses.unitId, [...unitIds]))
    .orderBy(asc(equipmentStatuses.id));

export const checksOf = (db: Reader, unitIds: readonly string[]): Promise<CheckRow[]> =>
  db
    .select()
    .from(equipmentChecks)
    .where(inArray(equipmentChecks.unitId, [...unitIds]))
    .orderBy(asc(equipmentChecks.id));

/** Twin of `canReadUnit`, for rows `u` of machines at facilities `f` with entries `e`. */
export function unitsVisibleTo(actor: Actor): SQL {
  const { businesses, authorities } = holdersSeenBy(actor);
  const parts = [
    ...(businesses.length > 0 ? [sql`f.organisation_id = any (${sql.param([...businesses])}::uuid[])`] : []),
    ...authorities.map(({ id, provinceCode }) =>
      provinceCode === null
        ? sql`e.organisation_id = ${id}`
        : sql`(e.organisation_id = ${id} and f.province_code = ${provinceCode})`,
    ),
  ];
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
}

/** `statusOn` of the rules, for machine `u` in the database; null: it was not there yet. */
export const statusOnDay = (day: string): SQL => sql`(
  select s.status from equipment_statuses s where s.unit_id = u.id and s.since <= ${day}::date
  order by s.since desc, s.id desc limit 1)`;

/** The lines of one machine's log. */
export const logOf = (db: Reader, unitId: string): Promise<StatusRow[]> =>
  db
    .select()
    .from(equipmentStatuses)
    .where(and(eq(equipmentStatuses.unitId, unitId)))
    .orderBy(asc(equipmentStatuses.id));
