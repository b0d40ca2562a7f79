import { eq, type SQL, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Reader } from '#db/client.ts';
import { registerImportRows, registerImports } from '#db/schema/registers.ts';
import { type Actor, AppError, notFound, type TxContext } from '#server/platform/index.ts';
import { keptBy } from '../records.ts';
import type { ImportState } from '../rules.ts';

export type Import = typeof registerImports.$inferSelect;
export type ImportRow = typeof registerImportRows.$inferSelect;

/** A sheet; throws notFound. */
export async function getImport(db: Reader, id: string): Promise<Import> {
  const [row] = await db.select().from(registerImports).where(eq(registerImports.id, id));
  return row ?? notFound();
}

/** A sheet, locked; throws notFound. */
export async function lockImport(ctx: TxContext, id: string): Promise<Import> {
  const [row] = await ctx.tx.select().from(registerImports).where(eq(registerImports.id, id)).for('update');
  return row ?? notFound();
}

export const importsVisibleTo = (actor: Actor): SQL =>
  keptBy(actor, {
    organisationId: sql`${registerImports.organisationId}`,
    provinceCode: sql`${registerImports.provinceCode}`,
  });

export async function setImport(
  ctx: TxContext,
  id: string,
  set: PgUpdateSetSource<typeof registerImports>,
): Promise<void> {
  await ctx.tx.update(registerImports).set(set).where(eq(registerImports.id, id));
}

/** @throws AppError invalidState saying how far the sheet is */
export function assertState(sheet: Import, ...states: readonly ImportState[]): void {
  if (!states.includes(sheet.state)) throw new AppError('invalidState', `registers.imports.is.${sheet.state}`);
}

/** Rows of a sheet that are still to be written: new and changed ones, and duplicates of which somebody decided so. */
export const toWrite: SQL = sql`(${registerImportRows.outcome} in ('new', 'changed')
  or ${registerImportRows.outcome} = 'duplicate' and ${registerImportRows.decision} in ('add', 'update'))
  and ${registerImportRows.writtenVersionId} is null and ${registerImportRows.leftBecause} is null`;
export const toUndo: SQL = sql`${registerImportRows.writtenVersionId} is not null
  and ${registerImportRows.undoneVersionId} is null and ${registerImportRows.leftBecause} is null`;

/** How many rows came to what. */
export async function countRows(db: Reader, importId: string): Promise<Record<string, number>> {
  const rows = await db.execute<{
    outcome: string;
    n: number;
    decided: number;
    written: number;
    undone: number;
    left: number;
  }>(sql`
    select outcome, count(*)::int as n, count(*) filter (where decision in ('add', 'update'))::int as decided,
      count(written_version_id)::int as written, count(undone_version_id)::int as undone,
      count(left_because)::int as left
    from register_import_rows where import_id = ${importId} group by outcome`);
  const counts: Record<string, number> = { decided: 0, written: 0, undone: 0, left: 0 };
  for (const { outcome, n, decided, written, undone, left } of rows) {
    counts[outcome] = n;
    counts.decided! += outcome === 'duplicate' ? decided : 0;
    counts.written! += written;
    counts.undone! += undone;
    counts.left! += left;
  }
  return counts;
}
