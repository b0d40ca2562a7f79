import { AppError, rowsOfBytes, type SheetRow, sheetFault } from '#server/platform/index.ts';
import type { Register } from '../define.ts';
import { suggestMapping } from './columns.ts';

/** Rows looked at for headings, and sheets of a workbook. */
const mostRows = 15;
const mostSheets = 20;

export interface Headings {
  /** of a workbook: which of its shown sheets, from 0 */
  sheet: number;
  headingLine: number;
  headings: string[];
}

/**
 * The headings of a sheet: of its first rows the one that names most of the register's fields, so that a title above is not taken for them;
 * where none names two, the first row. Null: the sheet is empty.
 */
export async function headingsIn(register: Register, rows: AsyncIterable<SheetRow>) {
  let best: { line: number; cells: string[]; named: number } | null = null;
  let looked = 0;
  try {
    for await (const { line, cells } of rows) {
      const named = Object.keys(suggestMapping(register, cells)).length;
      if (!best || (named >= 2 && named > best.named)) best = { line, cells, named: named >= 2 ? named : 1 };
      looked += 1;
      if (looked === mostRows) break;
    }
  } catch (error) {
    // what is wrong below the headings is told when the rows are read
    if (!best) throw error;
  }
  return best && { ...best, cells: best.cells.map((cell) => cell.trim().slice(0, 200)) };
}

/**
 * The sheet of a file whose headings name most of the register's fields, the first of equals: instructions may stand before it.
 * @throws AppError invalidInput when none has a row
 */
export async function findHeadings(
  register: Register,
  bytes: Uint8Array,
  mediaType: string,
  sheets: readonly string[],
): Promise<Headings> {
  let best: (Headings & { named: number }) | null = null;
  for (let sheet = 0; sheet < Math.min(Math.max(sheets.length, 1), mostSheets); sheet++) {
    const found = await headingsIn(register, rowsOfBytes(bytes, mediaType, sheet)).catch((error: unknown) => {
      throw error instanceof AppError ? error : sheetFault('damaged');
    });
    if (found && (!best || found.named > best.named))
      best = { sheet, headingLine: found.line, headings: found.cells, named: found.named };
  }
  if (!best) throw sheetFault('noRows');
  const { named: _named, ...headings } = best;
  return headings;
}
