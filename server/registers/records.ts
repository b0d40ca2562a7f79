import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { changeRequests, correctionSuggestions, registerEntries, registerVersions } from '#db/schema/registers.ts';
import { healthDepartmentOf, ministry } from '#server/identity/index.ts';
import { type Actor, AppError, notFound, type TxContext } from '#server/platform/index.ts';
import { keepersOf } from './policy.ts';

export type Entry = typeof registerEntries.$inferSelect;
export type Version = typeof registerVersions.$inferSelect;
export type ChangeRequest = typeof changeRequests.$inferSelect;
export type Suggestion = typeof correctionSuggestions.$inferSelect;

export async function findEntry(db: Reader, register: string, id: string): Promise<Entry | null> {
  const [row] = await db
    .select()
    .from(registerEntries)
    .where(and(eq(registerEntries.id, id), eq(registerEntries.register, register)));
  return row ?? null;
}

/** Entries of any register by their ids, in no order. */
export const findEntries = (db: Reader, ids: readonly string[]): Promise<Entry[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(registerEntries)
        .where(inArray(registerEntries.id, [...ids]));

/** An entry, locked for a change; throws notFound. */
export async function lockEntry(ctx: TxContext, register: string, id: string): Promise<Entry> {
  const [row] = await ctx.tx
    .select()
    .from(registerEntries)
    .where(and(eq(registerEntries.id, id), eq(registerEntries.register, register)))
    .for('update');
  return row ?? notFound();
}

/** Every version of some entries, in the order they were recorded. */
export const versionsOf = (db: Reader, entryIds: readonly string[]): Promise<Version[]> =>
  db
    .select()
    .from(registerVersions)
    .where(inArray(registerVersions.entryId, [...entryIds]))
    .orderBy(asc(registerVersions.id));

/** `versionOn` of the rules in the database, for many entries at once: what holds on a day, by entry. */
export async function versionsOn(db: Reader, entryIds: readonly string[], day: string): Promise<Map<string, Version>> {
  if (entryIds.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([registerVersions.entryId])
    .from(registerVersions)
    .where(
      and(
        inArray(registerVersions.entryId, [...entryIds]),
        sql`${registerVersions.validFrom} <= ${day}`,
        sql`(${registerVersions.validTo} is null or ${registerVersions.validTo} > ${day})`,
      ),
    )
    .orderBy(registerVersions.entryId, desc(registerVersions.id));
  return new Map(rows.map((row) => [row.entryId, row]));
}

/** The entries that were merged into one, over any number of steps, and itself. */
export async function mergedInto(db: Reader, entryId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with recursive same as (
      select ${entryId}::uuid as id union select e.id from register_entries e join same s on e.merged_into = s.id)
    select id from same`);
  return rows.map((row) => row.id);
}

/** The entry a link leads to in the end, when its own was merged. */
export async function lastOf(db: Reader, entry: Entry): Promise<Entry> {
  let last = entry;
  while (last.mergedInto) last = (await findEntry(db, last.register, last.mergedInto)) ?? notFound();
  return last;
}

/** The entry that one was merged into in the end; null: into none, or there is no such entry. */
export async function movedEntry({ db }: { db: Reader }, register: string, id: string): Promise<string | null> {
  const entry = await findEntry(db, register, id);
  return entry?.mergedInto ? (await lastOf(db, entry)).id : null;
}

/** The authority that keeps the entries of a province, or of the country; null where none is entered. */
export const findKeeper = (db: Reader, provinceCode: string | null): Promise<string | null> =>
  (provinceCode === null ? ministry(db) : healthDepartmentOf(db, provinceCode)).then(
    ({ id }) => id,
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'notFound') return null;
      throw error;
    },
  );

/** The same where somebody has to keep it. @throws AppError invalidInput naming the province */
export async function keeperOf(db: Reader, provinceCode: string | null): Promise<string> {
  const keeper = await findKeeper(db, provinceCode);
  if (keeper) return keeper;
  const fields = [{ path: 'texts.provinceCode', reason: 'registers.errors.noKeeper' }];
  throw new AppError('invalidInput', 'errors.invalidInput', { fields });
}

/** Twin of `canReadRequest` and `canReadSuggestion`: rows kept by an authority whose registers the actor works on. */
export function keptBy(actor: Actor, columns: { organisationId: SQL; provinceCode: SQL }): SQL {
  const parts = keepersOf(actor).map(({ organisationId, provinceCode }) =>
    provinceCode === null
      ? sql`${columns.organisationId} = ${organisationId}`
      : sql`(${columns.organisationId} = ${organisationId} and ${columns.provinceCode} = ${provinceCode})`,
  );
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
}

export const requestsVisibleTo = (actor: Actor): SQL =>
  keptBy(actor, {
    organisationId: sql`${changeRequests.organisationId}`,
    provinceCode: sql`${changeRequests.provinceCode}`,
  });

export const suggestionsVisibleTo = (actor: Actor): SQL =>
  keptBy(actor, {
    organisationId: sql`${correctionSuggestions.organisationId}`,
    provinceCode: sql`${correctionSuggestions.provinceCode}`,
  });

/** A request, locked for a decision; throws notFound. */
export async function lockRequest(ctx: TxContext, id: string): Promise<ChangeRequest> {
  const [row] = await ctx.tx.select().from(changeRequests).where(eq(changeRequests.id, id)).for('update');
  return row ?? notFound();
}

/** A suggestion, locked for its answer; throws notFound. */
export async function lockSuggestion(ctx: TxContext, id: string): Promise<Suggestion> {
  const [row] = await ctx.tx.select().from(correctionSuggestions).where(eq(correctionSuggestions.id, id)).for('update');
  return row ?? notFound();
}

/** A suggestion; throws notFound. */
export async function getSuggestionRow(db: Reader, id: string): Promise<Suggestion> {
  const [row] = await db.select().from(correctionSuggestions).where(eq(correctionSuggestions.id, id));
  return row ?? notFound();
}
