import { AppError } from '../errors.ts';

/** One line of a sheet. `line` counts as the program that shows the sheet counts, from 1. */
export interface SheetRow {
  line: number;
  /** as text; a cell that is not there is '' */
  cells: string[];
}

export const sheetTypes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type SheetFormat = keyof typeof sheetTypes;

/** More columns or longer cells than any register has: the file is something else. */
export const sheetLimits = { columns: 300, cell: 32_767, rows: 200_000 };

/** What a sheet cannot be read for; the message says what to do. */
export const sheetFault = (reason: string, values?: Record<string, string | number>): AppError =>
  new AppError('invalidInput', `sheets.errors.${reason}`, values ? { values } : {});
