import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { registerEntries, registerImportRows } from '#db/schema/registers.ts';
import { type Context, enqueue, recordAudit, type TxContext, transaction } from '#server/platform/index.ts';
import { type Register, registerOf } from '../define.ts';
import { type NewVersion, recordVersions } from '../record-versions.ts';
import { type Version, versionsOf } from '../records.ts';
import { versionOn } from '../rules.ts';
import { countRows, getImport, type Import, type ImportRow, lockImport, setImport, toUndo } from './records.ts';
import { leave } from './write-import.ts';

const batch = 250;
const stint = 15_000;

/**
 * Says again of each entry what held before the sheet: one more version for the same days, nothing is erased. What the sheet added is closed
 * from its first day on. An entry of which something was said since is left and named. It may be interrupted and run again.
 */
export async function undoImport(ctx: Context, importId: string): Promise<void> {
  const sheet = await getImport(ctx.db, importId);
  if (sheet.state !== 'undoing') return;
  const register = registerOf(sheet.register);
  const until = Date.now() + stint;
  while (await transaction(ctx, (tx) => undoBatch(tx, register, sheet))) {
    if (Date.now() < until) continue;
    await transaction(ctx, (tx) => enqueue(tx, 'registerImport.undo', { importId }, { jobKey: `import:${importId}` }));
    return;
  }
  await finish(ctx, sheet);
}

/** @returns whether there was anything to undo */
async function undoBatch(tx: TxContext, register: Register, sheet: Import): Promise<boolean> {
  if ((await lockImport(tx, sheet.id)).state !== 'undoing') return false;
  const rows = await tx.tx
    .select()
    .from(registerImportRows)
    .where(and(eq(registerImportRows.importId, sheet.id), toUndo))
    .orderBy(asc(registerImportRows.line))
    .limit(batch);
  if (rows.length > 0) await undoRows(tx, register, sheet, rows);
  return rows.length > 0;
}

async function undoRows(tx: TxContext, register: Register, sheet: Import, rows: readonly ImportRow[]): Promise<void> {
  const ids = rows.map((row) => row.entryId!);
  const entries = await tx.tx
    .select()
    .from(registerEntries)
    .where(inArray(registerEntries.id, ids))
    .orderBy(asc(registerEntries.id))
    .for('update');
  const merged = new Set(entries.flatMap((entry) => (entry.mergedInto ? [entry.id] : [])));
  const versions = new Map<string, Version[]>();
  for (const version of await versionsOf(tx.tx, ids))
    versions.set(version.entryId, [...(versions.get(version.entryId) ?? []), version]);
  const said: { row: ImportRow; version: NewVersion }[] = [];
  for (const row of rows) {
    const own = versions.get(row.entryId!) ?? [];
    const written = own.find(({ id }) => id === row.writtenVersionId)!;
    if (merged.has(row.entryId!) || own.at(-1)!.id !== written.id) {
      await leave(tx, sheet.id, row.line, { reason: 'registers.imports.leftReasons.changedAfter' });
      continue;
    }
    const before = versionOn(
      own.filter(({ id }) => id < written.id),
      written.validFrom,
    );
    said.push({
      row,
      version: {
        entryId: row.entryId!,
        isNew: false,
        action: 'importUndone',
        content: before?.content ?? written.content,
        closed: before?.closed ?? true,
        validFrom: written.validFrom,
        validTo: written.validTo,
        importId: sheet.id,
      },
    });
  }
  await recordVersions(
    tx,
    register,
    said.map(({ version }) => version),
  );
  await tx.tx.execute(sql`
    update register_import_rows r set undone_version_id = (select max(v.id) from register_versions v where v.entry_id = r.entry_id)
    where r.import_id = ${sheet.id} and r.line = any(${sql.param(said.map(({ row }) => row.line))}::int[])`);
  await setImport(tx, sheet.id, { done: (await countRows(tx.tx, sheet.id)).undone! });
}

async function finish(ctx: Context, sheet: Import): Promise<void> {
  await transaction(ctx, async (tx) => {
    if ((await lockImport(tx, sheet.id)).state !== 'undoing') return;
    const counts = await countRows(tx.tx, sheet.id);
    await setImport(tx, sheet.id, { state: 'undone', counts, undoneAt: ctx.now() });
    recordAudit(tx, 'registerImport.undone', {
      subjectType: 'registerImport',
      subjectId: sheet.id,
      details: { register: sheet.register, undone: counts.undone!, left: counts.left! },
    });
  });
}
