import { safeCell } from './safe-cell.ts';

/** What tells Excel that a CSV is UTF-8. */
export const csvMark = '\uFEFF';

/** One line of a CSV (RFC 4180), each cell kept from being run as a formula. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells
    .map(safeCell)
    .map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`;
