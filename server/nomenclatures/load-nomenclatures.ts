import { eq, inArray, sql } from 'drizzle-orm';
import type { Database, Tx } from '#db/client.ts';
import { nomenclatureCodes } from '#db/schema/nomenclatures.ts';
import { settings } from '#db/schema/platform.ts';
import { searchable } from '#server/platform/index.ts';
import { type ListedCode, listIn } from './read-lists.ts';
import { type Nomenclature, nomenclatures } from './rules.ts';

/**
 * Brings the operator's lists into the database, each in the place of what it was; a list that is not in the folder stays as it
 * is. Unchanged since the last time: does nothing.
 * @returns how many codes of each list were loaded
 */
export async function loadNomenclatures(
  db: Database,
  folder: string | undefined,
): Promise<{ system: Nomenclature; codes: number }[]> {
  const loaded: { system: Nomenclature; codes: number }[] = [];
  for (const system of nomenclatures) {
    const list = listIn(folder, system);
    if (!list) continue;
    const key = `nomenclature.${system}`;
    const [before] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
    if (before?.value === list.digest) continue;
    const codes = list.read();
    await db.transaction(async (tx) => {
      await replace(tx, system, codes);
      await tx
        .insert(settings)
        .values({ key, value: list.digest })
        .onConflictDoUpdate({ target: settings.key, set: { value: list.digest, updatedAt: sql`now()` } });
    });
    loaded.push({ system, codes: codes.length });
  }
  return loaded;
}

async function replace(tx: Tx, system: Nomenclature, codes: readonly ListedCode[]): Promise<void> {
  await tx.delete(nomenclatureCodes).where(inArray(nomenclatureCodes.system, [system]));
  const rows = codes.map(({ code, name, nameEn, parent }) => ({
    code,
    name,
    name_en: nameEn,
    parent,
    search_text: searchable([code, code.replaceAll('.', ''), name, nameEn].filter(Boolean).join(' ')),
  }));
  await tx.execute(sql`
    insert into nomenclature_codes (system, code, name, name_en, parent, search_text)
    select ${system}, code, name, name_en, parent, search_text
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as c(code text, name text, name_en text, parent text, search_text text)`);
}
