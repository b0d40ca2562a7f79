import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { nomenclatureCodes } from '#db/schema/nomenclatures.ts';
import { allow, query, reader, searchable } from '#server/platform/index.ts';
import { NameCodes, SearchCodes } from './inputs.ts';
import type { Nomenclature } from './rules.ts';

/** A code with its names; a name is null where the list does not have it in that language. */
export interface NamedCode {
  code: string;
  name: string | null;
  nameEn: string | null;
}

export interface FoundCode extends NamedCode {
  /** the codes it stands under, from the top down */
  parents: NamedCode[];
  /** others stand under it */
  leads: boolean;
}

export interface CodeList {
  /** whether the operator has this list at all */
  loaded: boolean;
  items: FoundCode[];
  page: number;
  pageSize: number;
  total: number;
}

/** Searches a list by code or words, or shows what stands under a code; each with its parents. Everybody may ask. */
export const searchCodes = query({
  input: SearchCodes,
  load: async (db, { system, q = '', under, page, pageSize }) => {
    const words = searchable(q).split(' ').filter(Boolean);
    const searching = q.trim() !== '';
    const conditions = [
      sql`c.system = ${system}`,
      ...(searching && words.length === 0 ? [sql`false`] : []),
      ...words.map((word) => sql`c.search_text like ${`%${word}%`}`),
      ...(searching ? [] : [under ? sql`c.parent = ${under}` : sql`c.parent is null`]),
    ];
    const rows = await db.execute<{ code: string; total: number }>(sql`
      select c.code, count(*) over ()::int as total from nomenclature_codes c where ${sql.join(conditions, sql` and `)}
      order by not starts_with(lower(c.code), ${words[0] ?? ''}), c.code limit ${pageSize} offset ${(page - 1) * pageSize}`);
    return { codes: rows.map(({ code }) => code), total: rows[0]?.total ?? 0 };
  },
  allow: () => allow,
  view: async (ctx, { codes, total }, { system, page, pageSize }): Promise<CodeList> => ({
    loaded: await isLoaded(reader(ctx), system),
    items: await withParents(reader(ctx), system, codes),
    page,
    pageSize,
    total,
  }),
});

/** The names of some codes; what is not in the list, or a list that is not loaded, is left out. */
export const nameCodes = query({
  input: NameCodes,
  load: (db, { system, codes }) => namesOf(db, system, codes),
  allow: () => allow,
  view: async (ctx, names, { system }) => ({ loaded: await isLoaded(reader(ctx), system), names }),
});

/** Whether the operator has a list. */
export async function isLoaded(db: Reader, system: Nomenclature): Promise<boolean> {
  const rows = await db
    .select({ code: nomenclatureCodes.code })
    .from(nomenclatureCodes)
    .where(eq(nomenclatureCodes.system, system))
    .limit(1);
  return rows.length > 0;
}

export async function namesOf(db: Reader, system: Nomenclature, codes: readonly string[]): Promise<NamedCode[]> {
  if (codes.length === 0) return [];
  return db
    .select({ code: nomenclatureCodes.code, name: nomenclatureCodes.name, nameEn: nomenclatureCodes.nameEn })
    .from(nomenclatureCodes)
    .where(and(eq(nomenclatureCodes.system, system), inArray(nomenclatureCodes.code, [...codes])));
}

async function withParents(db: Reader, system: Nomenclature, codes: readonly string[]): Promise<FoundCode[]> {
  if (codes.length === 0) return [];
  const rows = await db.execute<{
    asked: string;
    code: string;
    name: string | null;
    name_en: string | null;
    steps: number;
    leads: boolean;
  }>(sql`
    with recursive line as (
      select c.code as asked, c.code, c.parent, c.name, c.name_en, 0 as steps from nomenclature_codes c
      where c.system = ${system} and c.code = any (${sql.param([...codes])}::text[])
      union all
      select l.asked, p.code, p.parent, p.name, p.name_en, l.steps + 1 from line l
      join nomenclature_codes p on p.system = ${system} and p.code = l.parent where l.steps < 20)
    select l.asked, l.code, l.name, l.name_en, l.steps,
      l.steps = 0 and exists (select from nomenclature_codes k where k.system = ${system} and k.parent = l.code) as leads
    from line l order by l.steps desc`);
  const lines = Map.groupBy(rows, ({ asked }) => asked);
  return codes.flatMap((code) => {
    const line = (lines.get(code) ?? []).map((row) => ({ ...row, nameEn: row.name_en }));
    const own = line.at(-1);
    if (!own) return [];
    const named = (row: (typeof line)[number]): NamedCode => ({ code: row.code, name: row.name, nameEn: row.nameEn });
    return [{ ...named(own), parents: line.slice(0, -1).map(named), leads: own.leads }];
  });
}
