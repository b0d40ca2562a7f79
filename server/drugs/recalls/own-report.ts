import { eq, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { batchReports } from '#db/schema/drug-supply.ts';
import { type BatchReport, currentReports } from './records.ts';

/** What holds now of a report, asked by the id of any of its rows; null: there is none one may see. */
export async function reportOf(db: Reader, reportId: string): Promise<BatchReport | null> {
  const [row] = await db.select().from(batchReports).where(eq(batchReports.id, reportId));
  if (!row) return null;
  const [current] = await currentReports(db, sql`r.root_id = ${row.rootId}`);
  return current ?? null;
}
