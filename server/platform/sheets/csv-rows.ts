import { decodeText } from './decode-text.ts';
import { type SheetRow, sheetFault, sheetLimits } from './sheet.ts';

/**
 * Rows of a CSV (RFC 4180) as they arrive: fields between quotes may hold separators, quotes and line breaks; the separator is what parts
 * the first line that is parted most often, as office programs write `;` or a tab in some countries. Lines are counted as they stand in the file.
 * @throws AppError naming what cannot be read
 */
export async function* csvRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SheetRow> {
  let separator: string | null = null;
  let text = '';
  const splitter = new RowSplitter();
  for await (const piece of decodeText(chunks)) {
    text += piece;
    if (separator === null) {
      if (!firstParted(text) && text.length < 65_536) continue;
      separator = separatorOf(text);
    }
    yield* splitter.take(text, separator);
    text = '';
  }
  if (text !== '') yield* splitter.take(text, separator ?? separatorOf(text));
  yield* splitter.end();
}

/** The first line that has ended and is parted at all, without what stands between quotes: a title may stand above the headings. */
const firstParted = (text: string): string | undefined =>
  text
    .replace(/"[^"]*"/g, '')
    .split(/\r?\n/)
    .slice(0, -1)
    .find((line) => /[,;\t]/.test(line));

/** The one of comma, semicolon and tab that stands most often in the first line that has any. */
function separatorOf(text: string): string {
  const line = firstParted(text) ?? text.replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((each) => ({ each, count: line.split(each).length }));
  return counted.reduce((most, next) => (next.count > most.count ? next : most)).each;
}

/** Keeps what is unfinished between two pieces. */
class RowSplitter {
  private cells: string[] = [];
  private cell = '';
  private quoted = false;
  /** a quote within quotes: the end of the field, or the first half of a quote in it */
  private closing = false;
  private line = 1;
  private begun = 1;

  *take(text: string, separator: string): Generator<SheetRow> {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const letter = text[at]!;
      if (this.quoted && !this.closing) {
        if (letter === '\n') this.line += 1;
        if (letter !== '"') continue;
        this.cell += text.slice(from, at);
        this.closing = true;
        from = at + 1;
      } else if (letter === '"' && this.closing) {
        this.closing = false;
        from = at;
      } else if (letter === '"' && this.cell === '' && text.slice(from, at).trim() === '') {
        this.quoted = true;
        from = at + 1;
      } else if (letter === separator || letter === '\n') {
        this.endCell(text.slice(from, at));
        from = at + 1;
        if (letter !== '\n') continue;
        this.line += 1;
        yield* this.endRow();
      }
    }
    if (!this.closing) this.cell += text.slice(from);
    if (this.cell.length > sheetLimits.cell) throw sheetFault('cellTooLong', { line: this.begun });
  }

  *end(): Generator<SheetRow> {
    if (this.quoted && !this.closing) throw sheetFault('openQuote', { line: this.begun });
    this.endCell('');
    yield* this.endRow();
  }

  private endCell(rest: string): void {
    const whole = this.closing ? this.cell : (this.cell + rest).replace(/\r$/, '');
    this.cells.push(whole);
    if (this.cells.length > sheetLimits.columns) throw sheetFault('tooManyColumns', { line: this.begun });
    this.cell = '';
    this.quoted = false;
    this.closing = false;
  }

  private *endRow(): Generator<SheetRow> {
    if (this.cells.some((each) => each.trim() !== '')) yield { line: this.begun, cells: this.cells };
    this.cells = [];
    this.begun = this.line;
  }
}
