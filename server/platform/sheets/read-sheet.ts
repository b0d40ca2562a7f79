import type { Reader } from '#db/client.ts';
import { readFileInChunks } from '../file-access.ts';
import { readFile, type StoredFile } from '../files.ts';
import { csvRows } from './csv-rows.ts';
import { type SheetRow, sheetFault, sheetLimits, sheetTypes } from './sheet.ts';
import { xlsxRows, xlsxSheetNames } from './xlsx-rows.ts';

/** The rows of a sheet that is in memory, of a workbook those of its `ordinal`th shown one, from 0; what is no sheet is refused by `checkSheet` before. */
export const rowsOfBytes = (bytes: Uint8Array, mediaType: string, ordinal = 0): AsyncGenerator<SheetRow> =>
  bounded(mediaType === sheetTypes.csv ? csvRows(inOnePiece(bytes)) : xlsxRows(bytes, ordinal));

/** Names of the sheets of a workbook that are shown; a CSV has none. */
export const sheetNames = async (bytes: Uint8Array, mediaType: string): Promise<string[]> =>
  mediaType === sheetTypes.csv ? [] : xlsxSheetNames(bytes);

/** The rows of a stored sheet. A CSV comes piece by piece; of a workbook the packed bytes are held, never the sheet. */
export async function* rowsOfFile(
  db: Reader,
  file: StoredFile,
  ordinal = 0,
  headingLine?: number,
): AsyncGenerator<SheetRow> {
  yield* file.mediaType === sheetTypes.csv
    ? bounded(csvRows(readFileInChunks(db, file.id)))
    : bounded(xlsxRows(await readFile(db, file.id), ordinal, headingLine));
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* bounded(rows: AsyncIterable<SheetRow>): AsyncGenerator<SheetRow> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    // the heading is a row too
    if (count > sheetLimits.rows + 1) throw sheetFault('tooManyRows', { rows: sheetLimits.rows });
    yield row;
  }
}
