import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { drugs } from '#db/schema/drugs.ts';
import { registerKeys } from '#db/schema/registers.ts';
import { gtin14 } from '#server/platform/index.ts';
import { keyOf } from '#server/registers/index.ts';

/** The drug that has, or had, a registration number or GTIN; null: none. A living entry comes before a closed one. */
export async function findDrugBy(db: Reader, text: string): Promise<string | null> {
  const scanned = gtin14(text);
  const keys = [keyOf('registration', text), ...(scanned ? [keyOf('gtin', scanned)] : [])];
  const [row] = await db
    .select({ id: registerKeys.entryId })
    .from(registerKeys)
    .where(and(eq(registerKeys.register, 'drugs'), inArray(registerKeys.key, keys)))
    .orderBy(sql`${registerKeys.active} desc`)
    .limit(1);
  return row?.id ?? null;
}

/** The entries that are the same product by merging: what is said of any of them is said of the drug. By asked id. */
export async function sameDrugs(db: Reader, ids: readonly string[]): Promise<{ drugId: string; entryId: string }[]> {
  if (ids.length === 0) return [];
  const rows = await db.execute<{ root: string; id: string }>(sql`
    with recursive same as (
      select i::uuid as root, i::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) i
      union select s.root, e.id from register_entries e join same s on e.merged_into = s.id)
    select root, id from same`);
  return rows.map(({ root, id }) => ({ drugId: root, entryId: id }));
}

/** What a drug is called, by id; what was closed is still called so. */
export async function drugNames(
  db: Reader,
  ids: readonly string[],
): Promise<Map<string, { id: string; name: string; registrationNumber: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: drugs.id, name: drugs.name, registrationNumber: drugs.registrationNumber })
    .from(drugs)
    .where(inArray(drugs.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row]));
}
