import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { isOneOf } from '#db/is-one-of.ts';
import { batchReports, drugRecalls, recallAnswers } from '#db/schema/drug-supply.ts';
import { findDrugBy, sameDrugs } from '../find-drug.ts';
import { concerns, recallState } from './rules.ts';

export type Recall = typeof drugRecalls.$inferSelect;
export type BatchReport = typeof batchReports.$inferSelect;
export type RecallAnswer = typeof recallAnswers.$inferSelect;

export async function findRecall(db: Reader, id: string): Promise<Recall | null> {
  const [row] = await db.select().from(drugRecalls).where(eq(drugRecalls.id, id));
  return row ?? null;
}

/** Recalls of some drugs, by drug, the latest first; those of entries that were merged into one are its own. */
export async function recallsOfDrugs(db: Reader, drugIds: readonly string[]): Promise<Map<string, Recall[]>> {
  const same = await sameDrugs(db, drugIds);
  if (same.length === 0) return new Map();
  const rows = await db
    .select()
    .from(drugRecalls)
    .where(
      isOneOf(
        drugRecalls.drugId,
        same.map(({ entryId }) => entryId),
      ),
    )
    .orderBy(desc(drugRecalls.issuedOn), desc(drugRecalls.id));
  const found = new Map<string, Recall[]>();
  if (rows.length === 0) return found;
  for (const drugId of drugIds) {
    const entries = new Set(same.filter((each) => each.drugId === drugId).map(({ entryId }) => entryId));
    const own = rows.filter((row) => entries.has(row.drugId));
    if (own.length > 0) found.set(drugId, own);
  }
  return found;
}

/** The entry a drug became by merging, and all that were merged into it. */
async function wholeFamily(db: Reader, drugId: string): Promise<string[]> {
  const [last] = await db.execute<{ id: string }>(sql`
    with recursive up as (
      select id, merged_into from register_entries where id = ${drugId}
      union select e.id, e.merged_into from register_entries e join up on up.merged_into = e.id)
    select id from up where merged_into is null`);
  return (await sameDrugs(db, [last?.id ?? drugId])).map(({ entryId }) => entryId);
}

/** The reports that hold now: of each and its corrections the one recorded last. */
export const currentReports = (db: Reader, where: SQL): Promise<BatchReport[]> =>
  db
    .selectDistinctOn([batchReports.rootId])
    .from(batchReports)
    .where(sql`${batchReports.rootId} in (select r.root_id from batch_reports r where ${where})`)
    .orderBy(batchReports.rootId, desc(batchReports.ordinal));

/** Who said that they hold what a recall is about. */
export async function reportsConcerned(db: Reader, recall: Recall): Promise<BatchReport[]> {
  const family = await wholeFamily(db, recall.drugId);
  const reports = await currentReports(db, inArray(sql`r.drug_id`, family));
  return reports.filter((report) => family.includes(report.drugId) && concerns(recall, report.batchKey));
}

/** The recalls that run and are about one of some reports, each with the reports it is about. */
export async function recallsConcerning(
  db: Reader,
  reports: readonly BatchReport[],
  today: string,
): Promise<{ recall: Recall; reports: BatchReport[] }[]> {
  const found = new Map<string, { recall: Recall; reports: BatchReport[] }>();
  for (const drugId of new Set(reports.map((report) => report.drugId))) {
    const family = await wholeFamily(db, drugId);
    const recalls = await db.select().from(drugRecalls).where(inArray(drugRecalls.drugId, family));
    for (const recall of recalls.filter((each) => recallState(each, today) === 'running')) {
      const own = reports.filter((report) => report.drugId === drugId && concerns(recall, report.batchKey));
      if (own.length === 0) continue;
      const known = found.get(recall.id);
      found.set(recall.id, { recall, reports: [...(known?.reports ?? []), ...own] });
    }
  }
  return [...found.values()].sort((a, b) => a.recall.deadline.localeCompare(b.recall.deadline));
}

/** What facilities did about a recall last, by facility. */
export async function answersTo(db: Reader, recallId: string): Promise<Map<string, RecallAnswer>> {
  const rows = await db
    .selectDistinctOn([recallAnswers.facilityId])
    .from(recallAnswers)
    .where(eq(recallAnswers.recallId, recallId))
    .orderBy(recallAnswers.facilityId, desc(recallAnswers.ordinal));
  return new Map(rows.map((row) => [row.facilityId, row]));
}

/** Recalls by number, drug or batch, the latest decision first. */
export async function findRecalls(
  db: Reader,
  { q, page, pageSize }: { q: string; page: number; pageSize: number },
): Promise<{ rows: Recall[]; total: number }> {
  const plain = q.normalize('NFKC').trim();
  const key = plain.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  const drugId = plain === '' ? null : await findDrugBy(db, plain);
  const where =
    plain === ''
      ? undefined
      : or(
          ...(drugId ? [eq(drugRecalls.drugId, drugId)] : []),
          ...(key === '' ? [] : [sql`${key} = any (${drugRecalls.batchKeys})`]),
          sql`${drugRecalls.number} ilike ${`%${plain.replace(/[\\%_]/g, '\\$&')}%`}`,
          sql`exists (select from drugs d where d.id = ${drugRecalls.drugId} and d.name ilike ${`%${plain.replace(/[\\%_]/g, '\\$&')}%`})`,
        );
  const [counted] = await db.select({ n: sql<number>`count(*)::int` }).from(drugRecalls).where(and(where));
  const rows = await db
    .select()
    .from(drugRecalls)
    .where(where)
    .orderBy(desc(drugRecalls.issuedOn), desc(drugRecalls.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: counted?.n ?? 0 };
}
