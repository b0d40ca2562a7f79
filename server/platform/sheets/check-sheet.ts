import { foreignProblem } from '../content/foreign-types.ts';
import { readZipDirectory } from '../content/zip-directory.ts';
import { sniffMediaType } from '../media-types.ts';
import { type SheetFormat, sheetFault } from './sheet.ts';

/** What one sheet may weigh, in bytes: a hundred thousand rows of a register fit. */
export const largestSheet = 60 * 1_048_576;

/**
 * Tells what a sheet is by its content, before anything of it is unpacked.
 * @throws AppError naming what it is instead, or what would happen when it is opened
 */
export function checkSheet(bytes: Uint8Array): SheetFormat {
  if (bytes.byteLength === 0) throw sheetFault('empty');
  if (bytes.byteLength > largestSheet) throw sheetFault('tooLarge', { megabytes: largestSheet / 1_048_576 });
  if (sniffMediaType(bytes).mediaType) throw sheetFault('notASheet');
  const problem = foreignProblem(bytes);
  if (problem === 'unknown') return 'csv';
  if (problem === 'office' && bytes[0] === 0x50) {
    const names = new Set(readZipDirectory(bytes)?.entries.map(({ name }) => name));
    if (names.has('xl/workbook.xml')) return 'xlsx';
    throw sheetFault('notASheet');
  }
  if (problem === 'bomb' || problem === 'encrypted' || problem === 'macros') throw sheetFault(problem);
  throw sheetFault(problem === 'office' ? 'olderFormat' : 'notASheet');
}
