import { AppError } from '#server/platform/errors.ts';
import { searchable } from '#server/platform/text.ts';
import { StatementLine } from '../inputs.ts';

/** How banks call the columns, without marks. */
const names = {
  reference: ['reference', 'transaction reference', 'so tham chieu', 'ma giao dich', 'so but toan', 'so ct'],
  date: ['date', 'transaction date', 'ngay', 'ngay giao dich', 'ngay hieu luc'],
  credit: ['credit', 'ghi co', 'phat sinh co', 'so tien ghi co'],
  debit: ['debit', 'ghi no', 'phat sinh no', 'so tien ghi no'],
  content: ['content', 'description', 'noi dung', 'dien giai', 'noi dung giao dich'],
} as const;
type Column = keyof typeof names;

/**
 * A bank's statement as CSV (UTF-8; comma, semicolon or tab; a heading row that names reference, date, credit, debit and
 * content in Vietnamese or English): the lines of one day (`yyyy-mm-dd`). Lines of other days are left out.
 * @throws AppError invalidInput naming the line that cannot be read
 */
export function readStatement(bytes: Uint8Array, day: string): StatementLine[] {
  const rows = rowsOf(textOf(bytes));
  const at = rows.findIndex((row) => columnsIn(row) !== null);
  const columns = at === -1 ? null : columnsIn(rows[at]!);
  if (!columns) throw new AppError('invalidInput', 'refunds.errors.statementHeading');
  const lines = new Map<string, StatementLine>();
  for (const [index, row] of rows.slice(at + 1).entries()) {
    const cell = (column: Column) => (row[columns[column]] ?? '').trim();
    const date = dateOf(cell('date'));
    // totals and remarks below the table have no date
    if (date === null && cell('reference') === '') continue;
    const credit = sumOf(cell('credit'));
    const debit = sumOf(cell('debit'));
    const line = StatementLine.safeParse({
      bankReference: cell('reference'),
      direction: credit ? 'in' : 'out',
      amount: credit || debit,
      content: cell('content').slice(0, 500),
    });
    if (date === null || !line.success || (credit && debit)) {
      throw new AppError('invalidInput', 'refunds.errors.statementLine', { values: { line: at + index + 2 } });
    }
    if (date === day) add(lines, line.data);
  }
  return [...lines.values()];
}

/** Money that comes twice under one reference is added up, so that the sum differs from our books and somebody looks. */
function add(lines: Map<string, StatementLine>, line: StatementLine): void {
  const key = `${line.direction}|${line.bankReference}`;
  const before = lines.get(key);
  lines.set(key, before ? { ...before, amount: before.amount + line.amount } : line);
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('invalidInput', 'refunds.errors.statementEncoding');
  }
}

/** RFC 4180 with the separator the first lines use most. */
function rowsOf(text: string): string[][] {
  const head = text.slice(0, 2000);
  const separator = [';', '\t', ','].sort((a, b) => head.split(b).length - head.split(a).length)[0]!;
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted && char === '"' && text[i + 1] === '"') {
      cell += '"';
      i += 1;
    } else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === separator || char === '\n')) {
      rows.at(-1)!.push(cell.replace(/\r$/, ''));
      cell = '';
      if (char === '\n') rows.push([]);
    } else cell += char;
  }
  rows.at(-1)!.push(cell.replace(/\r$/, ''));
  return rows;
}

function columnsIn(row: readonly string[]): Record<Column, number> | null {
  const plain = row.map((cell) => searchable(cell).trim());
  const found = Object.fromEntries(
    Object.entries(names).map(([column, known]) => [
      column,
      plain.findIndex((cell) => (known as readonly string[]).includes(cell)),
    ]),
  ) as Record<Column, number>;
  return Object.values(found).every((index) => index >= 0) ? found : null;
}

/** `23/11/2026`, `23-11-2026`, `2026-11-23`, with or without a time behind it. */
function dateOf(text: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})\b/.exec(text);
  if (iso) return iso[0];
  const [, date, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/.exec(text) ?? [];
  return year ? `${year}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}` : null;
}

/** Whole đồng with any grouping; 0 for an empty cell, NaN for what is no sum. */
function sumOf(text: string): number {
  const plain = text.replace(/[\s\u00a0]/g, '').replace(/[.,]00$/, '');
  if (plain === '' || plain === '-') return 0;
  return /^\d{1,3}([.,]\d{3})*$|^\d+$/.test(plain) ? Number(plain.replace(/[.,]/g, '')) : Number.NaN;
}
