import type { Reader } from '#db/client.ts';
import { readFileInChunks } from '../file-access.ts';
import { readFile, type StoredFile } from '../files.ts';
import { csvRows } from './csv-rows.ts';
import { type SheetRow, sheetFault, sheetLimits, sheetTypes } from './sheet.ts';
import { xlsxRows } from './xlsx-rows.ts';

/** The rows of a sheet that is in memory; what is no row of it is refused by `checkSheet` before. */
export const rowsOfBytes = (bytes: Uint8Array, mediaType: string): AsyncGenerator<SheetRow> =>
  bounded(mediaType === sheetTypes.csv ? csvRows(inOnePiece(bytes)) : xlsxRows(bytes));

/** The rows of a stored sheet. A CSV comes piece by piece; of a workbook the packed bytes are held, never the sheet. */
export async function* rowsOfFile(db: Reader, file: StoredFile): AsyncGenerator<SheetRow> {
  yield* file.mediaType === sheetTypes.csv
    ? bounded(csvRows(readFileInChunks(db, file.id)))
    : bounded(xlsxRows(await readFile(db, file.id)));
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
