import { asc, eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { isOneOf } from '#db/is-one-of.ts';
import { declaredPrices } from '#db/schema/drug-supply.ts';
import { sameDrugs } from '../find-drug.ts';

export type DeclaredPrice = typeof declaredPrices.$inferSelect;

/** Every price that was ever recorded of some drugs, by drug, in the order of recording. */
export async function pricesOfDrugs(db: Reader, drugIds: readonly string[]): Promise<Map<string, DeclaredPrice[]>> {
  const same = await sameDrugs(db, drugIds);
  const found = new Map<string, DeclaredPrice[]>();
  if (same.length === 0) return found;
  const rows = await db
    .select()
    .from(declaredPrices)
    .where(
      isOneOf(
        declaredPrices.drugId,
        same.map(({ entryId }) => entryId),
      ),
    )
    .orderBy(asc(declaredPrices.ordinal));
  if (rows.length === 0) return found;
  for (const { drugId, entryId } of same) {
    const own = rows.filter((row) => row.drugId === entryId);
    if (own.length > 0) found.set(drugId, [...(found.get(drugId) ?? []), ...own]);
  }
  return found;
}

export async function findPrice(db: Reader, id: string): Promise<DeclaredPrice | null> {
  const [row] = await db.select().from(declaredPrices).where(eq(declaredPrices.id, id));
  return row ?? null;
}
