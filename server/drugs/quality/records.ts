import { desc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { qualityTests } from '#db/schema/drug-supply.ts';

export type QualityTest = typeof qualityTests.$inferSelect;

export async function findTest(db: Reader, id: string): Promise<QualityTest | null> {
  const [row] = await db.select().from(qualityTests).where(eq(qualityTests.id, id));
  return row ?? null;
}

/** A record and its corrections, the latest first. */
export const testsOfRoot = (db: Reader, rootId: string): Promise<QualityTest[]> =>
  db.select().from(qualityTests).where(eq(qualityTests.rootId, rootId)).orderBy(desc(qualityTests.ordinal));

/** Every record of some entries of the register of drugs, the latest first. */
export const testsOfEntries = (db: Reader, entryIds: readonly string[]): Promise<QualityTest[]> =>
  db
    .select()
    .from(qualityTests)
    .where(inArray(qualityTests.drugId, [...entryIds]))
    .orderBy(desc(qualityTests.ordinal));
