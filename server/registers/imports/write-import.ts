import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { registerEntries, registerImportRows, registerImports, registerVersions } from '#db/schema/registers.ts';
import { AppError, type Context, enqueue, recordAudit, type TxContext, transaction } from '#server/platform/index.ts';
import { type Register, readContent, registerOf } from '../define.ts';
import { contentOf } from '../fields.ts';
import { type NewVersion, recordVersions } from '../record-versions.ts';
import { versionsOn } from '../records.ts';
import { countRows, getImport, type Import, type ImportRow, lockImport, setImport, toWrite } from './records.ts';

/** Rows written in one transaction: what is lost when the worker is stopped in the middle. */
const batch = 250;
/** Milliseconds after which the rest is left to a job of its own, so that a worker that is to stop need not wait. */
const usualStint = 15_000;

interface Left {
  reason: string;
  values?: Record<string, string | number>;
}

/**
 * Writes what was confirmed of a sheet, batch by batch; each row tells that it is written in the transaction that writes it, so that it may be
 * interrupted and run again. A row whose entry has changed since it was looked at is left and says so.
 */
export async function writeImport(ctx: Context, importId: string, stint = usualStint): Promise<void> {
  const sheet = await getImport(ctx.db, importId);
  if (sheet.state !== 'writing') return;
  const register = registerOf(sheet.register);
  const until = Date.now() + stint;
  while (await writeBatch(ctx, register, sheet)) {
    if (Date.now() < until) continue;
    await transaction(ctx, (tx) => enqueue(tx, 'registerImport.write', { importId }, { jobKey: `import:${importId}` }));
    return;
  }
  await finish(ctx, sheet);
}

/**
 * All at once; when a number turns out to be taken, one by one, so that only that row is left. Rows are taken under the lock of the sheet: two
 * runs at a time write each row once. @returns whether there was anything to write
 */
async function writeBatch(ctx: Context, register: Register, sheet: Import): Promise<boolean> {
  let lines: number[] = [];
  try {
    await transaction(ctx, async (tx) => {
      const rows = await takeRows(tx, sheet, batch);
      lines = rows.map(({ line }) => line);
      if (rows.length > 0) await writeRows(tx, register, sheet, rows);
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const line of lines) await writeOne(ctx, register, sheet, line);
  }
  return lines.length > 0;
}

async function writeOne(ctx: Context, register: Register, sheet: Import, line: number): Promise<void> {
  try {
    await transaction(ctx, async (tx) => {
      const rows = await takeRows(tx, sheet, 1, line);
      if (rows.length > 0) await writeRows(tx, register, sheet, rows);
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { values } = error.details;
    await transaction(ctx, (tx) => leave(tx, sheet.id, line, { reason: error.reason, ...(values ? { values } : {}) }));
  }
}

async function takeRows(tx: TxContext, { id }: Import, most: number, line?: number): Promise<ImportRow[]> {
  const { state } = await lockImport(tx, id);
  if (state !== 'writing') return [];
  return tx.tx
    .select()
    .from(registerImportRows)
    .where(
      and(
        eq(registerImportRows.importId, id),
        toWrite,
        ...(line === undefined ? [] : [eq(registerImportRows.line, line)]),
      ),
    )
    .orderBy(asc(registerImportRows.line))
    .limit(most);
}

async function writeRows(tx: TxContext, register: Register, sheet: Import, rows: readonly ImportRow[]): Promise<void> {
  const ids = rows.flatMap((row) => (isNew(row) ? [] : [row.entryId!]));
  const entries = await tx.tx
    .select()
    .from(registerEntries)
    .where(inArray(registerEntries.id, ids))
    .orderBy(asc(registerEntries.id))
    .for('update');
  const versions = new Map(
    entries.map((entry) => [entry.id, entry.mergedInto || entry.closedOn ? null : entry.version]),
  );
  const held = await versionsOn(tx.tx, ids, sheet.validFrom);
  const said: { row: ImportRow; version: NewVersion }[] = [];
  for (const row of rows) {
    const fresh = isNew(row);
    if (!fresh && versions.get(row.entryId!) !== row.entryVersion) {
      await leave(tx, sheet.id, row.line, { reason: 'registers.imports.leftReasons.changedSince' });
      continue;
    }
    // a second row about the same entry finds it changed
    if (!fresh) versions.set(row.entryId!, null);
    const before = held.get(row.entryId!)?.content ?? {};
    const content =
      row.outcome === 'duplicate' && !fresh
        ? readContent(register, contentOf(register.fields, row.texts, before))
        : readContent(register, row.content!);
    said.push({
      row,
      version: {
        ...(fresh ? {} : { entryId: row.entryId! }),
        isNew: fresh,
        action: 'imported',
        content,
        validFrom: sheet.validFrom,
        decisionNumber: sheet.decisionNumber,
        importId: sheet.id,
      },
    });
  }
  const written = await recordVersions(
    tx,
    register,
    said.map(({ version }) => version),
  );
  await markWritten(
    tx,
    sheet.id,
    said.map(({ row }, index) => ({ line: row.line, entryId: written[index]! })),
  );
  await setImport(tx, sheet.id, { done: sql`${registerImports.done} + ${said.length}` });
}

const isNew = (row: ImportRow): boolean => row.outcome === 'new' || row.decision === 'add';

export async function leave(tx: TxContext, importId: string, line: number, why: Left): Promise<void> {
  await tx.tx
    .update(registerImportRows)
    .set({ leftBecause: why })
    .where(and(eq(registerImportRows.importId, importId), eq(registerImportRows.line, line)));
}

async function markWritten(tx: TxContext, importId: string, rows: readonly { line: number; entryId: string }[]) {
  if (rows.length === 0) return;
  const versions = await tx.tx
    .select({ id: registerVersions.id, entryId: registerVersions.entryId })
    .from(registerVersions)
    .where(
      and(
        eq(registerVersions.importId, importId),
        inArray(
          registerVersions.entryId,
          rows.map(({ entryId }) => entryId),
        ),
      ),
    );
  const versionOf = new Map(versions.map(({ id, entryId }) => [entryId, id]));
  const marks = rows.map(({ line, entryId }) => ({ line, entry_id: entryId, version_id: versionOf.get(entryId) }));
  await tx.tx.execute(sql`
    update register_import_rows r set written_version_id = m.version_id, entry_id = m.entry_id
    from jsonb_to_recordset(${JSON.stringify(marks)}::text::jsonb) as m(line int, entry_id uuid, version_id bigint)
    where r.import_id = ${importId} and r.line = m.line`);
}

async function finish(ctx: Context, sheet: Import): Promise<void> {
  await transaction(ctx, async (tx) => {
    if ((await lockImport(tx, sheet.id)).state !== 'writing') return;
    const counts = await countRows(tx.tx, sheet.id);
    await setImport(tx, sheet.id, { state: 'written', counts, writtenAt: ctx.now() });
    await enqueue(
      tx,
      'registerDuplicate.find',
      { register: sheet.register },
      { jobKey: `duplicates:${sheet.register}` },
    );
    recordAudit(tx, 'registerImport.written', {
      subjectType: 'registerImport',
      subjectId: sheet.id,
      details: { register: sheet.register, written: counts.written!, left: counts.left! },
    });
  });
}
