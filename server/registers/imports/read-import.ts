import { eq } from 'drizzle-orm';
import { registerImportRows } from '#db/schema/registers.ts';
import {
  AppError,
  type Context,
  enqueue,
  getFile,
  rowsOfFile,
  type SheetRow,
  transaction,
} from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { type Judged, rowJudge } from './judge-rows.ts';
import { countRows, getImport, setImport } from './records.ts';

/** Rows judged and kept in one transaction. */
const batch = 500;
/** Milliseconds until a sheet that the scanner has not seen is asked for again. */
const pause = 10_000;

/**
 * Compares a sheet with the register, row by row, and keeps what it finds; nothing of the register changes. After an interruption it begins
 * again. What the file itself cannot be read for ends it with a sentence for its page.
 */
export async function readImport(ctx: Context, importId: string): Promise<void> {
  const sheet = await getImport(ctx.db, importId);
  if (sheet.state !== 'reading') return;
  const file = await getFile(ctx.db, sheet.fileId);
  if (file.scan === 'pending') {
    const runAt = new Date(Date.now() + pause);
    await transaction(ctx, (tx) =>
      enqueue(tx, 'registerImport.read', { importId }, { jobKey: `import:${importId}`, runAt }),
    );
    return;
  }
  try {
    if (file.scan === 'quarantined') throw new AppError('invalidInput', 'uploads.errors.quarantined');
    await transaction(ctx, async (tx) => {
      await tx.tx.delete(registerImportRows).where(eq(registerImportRows.importId, importId));
      await setImport(tx, importId, { done: 0 });
    });
    const judge = rowJudge({
      register: registerOf(sheet.register),
      mapping: sheet.mapping ?? {},
      validFrom: sheet.validFrom,
      organisationId: sheet.organisationId,
      provinceCode: sheet.provinceCode,
    });
    let done = 0;
    const lines = rowsOfFile(ctx.db, file, sheet.sheet, sheet.headingLine ?? undefined);
    for await (const rows of inBatches(belowHeading(lines, sheet.headingLine))) {
      done += rows.length;
      await transaction(ctx, async (tx) => {
        await keepRows(tx, importId, await judge(tx.tx, rows));
        await setImport(tx, importId, { done });
      });
    }
    if (done === 0) throw new AppError('invalidInput', 'sheets.errors.noRows');
    await transaction(ctx, async (tx) => {
      const counts = await countRows(tx.tx, importId);
      await setImport(tx, importId, { state: 'previewed', done, total: done, counts });
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalidInput') throw error;
    const { values } = error.details;
    const fault = JSON.stringify({ reason: error.reason, ...(values ? { values } : {}) });
    await transaction(ctx, (tx) => setImport(tx, importId, { state: 'failed', fault }));
  }
}

async function* belowHeading(rows: AsyncIterable<SheetRow>, headingLine: number | null): AsyncGenerator<SheetRow> {
  let heading = headingLine;
  for await (const row of rows) {
    heading ??= row.line;
    if (row.line > heading) yield row;
  }
}

async function* inBatches(rows: AsyncIterable<SheetRow>): AsyncGenerator<SheetRow[]> {
  let waiting: SheetRow[] = [];
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < batch) continue;
    yield waiting;
    waiting = [];
  }
  if (waiting.length > 0) yield waiting;
}

const keepRows = (tx: Parameters<typeof setImport>[0], importId: string, rows: readonly Judged[]) =>
  tx.tx.insert(registerImportRows).values(rows.map((row) => ({ ...row, importId })));
