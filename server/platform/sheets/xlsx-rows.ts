import { posix } from 'node:path';
import { readZipDirectory, type ZipEntry } from '../content/zip-directory.ts';
import { dayOf, dayStyles, numberText } from './number-formats.ts';
import { type SheetRow, sheetFault, sheetLimits } from './sheet.ts';
import { attribute, walkXml, type XmlListener } from './xml-parts.ts';
import { unpackEntry } from './zip-entry.ts';

/** Characters of all shared texts of a workbook, and of a part that is read whole. */
const mostShared = 128 * 1_048_576;
const mostWhole = 16 * 1_048_576;

interface Workbook {
  shared: string[];
  isDay: boolean[];
  from1904: boolean;
}

/** Names of the sheets of a workbook that are shown, in their order. */
export async function xlsxSheetNames(archive: Uint8Array): Promise<string[]> {
  return shownSheets(await openParts(archive).whole('xl/workbook.xml')).sheets.map(({ name }) => name);
}

/**
 * Rows of one of the sheets that are shown of a workbook (ISO/IEC 29500-1, SpreadsheetML), one after the other: the sheet is unpacked in
 * pieces and never held whole. The archive's directory has been looked at before; numbers shown as days become days, formulas what they last gave.
 * @param headingLine below it no cell may stand for several lines: only the first of them would have its value, the others would seem empty
 * @throws AppError naming what cannot be read
 */
export async function* xlsxRows(archive: Uint8Array, ordinal = 0, headingLine?: number): AsyncGenerator<SheetRow> {
  const { parts, whole } = openParts(archive);
  const { sheets, from1904 } = shownSheets(await whole('xl/workbook.xml'));
  const links = linksOf(await whole('xl/_rels/workbook.xml.rels'));
  const sheet = parts.get(links.find((link) => link.id === sheets[ordinal]?.id)?.target ?? '');
  if (!sheet) throw sheetFault('noSheet');
  const partOf = (kind: string, usual: string) => links.find((link) => link.kind === kind)?.target ?? usual;
  const shared = parts.get(partOf('sharedStrings', 'xl/sharedStrings.xml'));
  const book: Workbook = {
    shared: shared ? await sharedTexts(archive, shared) : [],
    isDay: dayStyles(await whole(partOf('styles', 'xl/styles.xml'))),
    from1904,
  };
  const rows: SheetRow[] = [];
  const merged: string[] = [];
  // one for all pieces: rows that do not say their number follow each other
  const listener = rowListener(book, rows, merged);
  for await (const piece of piecesUpTo(textOf(archive, sheet), 'row')) {
    walkXml(piece, listener);
    yield* rows.splice(0);
  }
  // which are merged stands behind all rows
  const range = headingLine === undefined ? undefined : merged.find((each) => spansLines(each, headingLine));
  if (range) throw sheetFault('merged', { range });
}

/** `A5:A9`: whether cells of several lines below one are merged. */
function spansLines(range: string, headingLine: number): boolean {
  const [top = 0, bottom = 0] = range.split(':').map((place) => Number(place.replace(/\D/g, '')));
  return top > headingLine && bottom > top;
}

/** The parts of a workbook by name, and the text of one that is small enough to be held. */
function openParts(archive: Uint8Array) {
  const parts = new Map((readZipDirectory(archive)?.entries ?? []).map((entry) => [entry.name, entry]));
  const whole = async (name: string): Promise<string> => {
    const entry = parts.get(name);
    if (!entry) return '';
    if (entry.size > mostWhole) throw sheetFault('damaged');
    let text = '';
    for await (const piece of textOf(archive, entry)) text += piece;
    return text;
  };
  return { parts, whole };
}

async function* textOf(archive: Uint8Array, entry: ZipEntry): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of unpackEntry(archive, entry)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Text cut behind the last end of an element, so that each piece holds whole ones. */
async function* piecesUpTo(texts: AsyncIterable<string>, element: string): AsyncGenerator<string> {
  const ends = new RegExp(`</(?:\\w+:)?${element}>`, 'g');
  let rest = '';
  for await (const text of texts) {
    rest += text;
    let cut = 0;
    ends.lastIndex = Math.max(0, rest.length - text.length - element.length - 40);
    for (let found = ends.exec(rest); found; found = ends.exec(rest)) cut = ends.lastIndex;
    if (cut > 0) yield rest.slice(0, cut);
    rest = rest.slice(cut);
    if (rest.length > mostWhole) throw sheetFault('damaged');
  }
  yield rest;
}

function shownSheets(xml: string): { sheets: { id: string; name: string }[]; from1904: boolean } {
  const sheets: { id: string; name: string }[] = [];
  let from1904 = false;
  walk(xml, (name, attributes) => {
    if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '');
    const shown = (attribute(attributes, 'state') ?? 'visible') === 'visible';
    if (name === 'sheet' && shown)
      sheets.push({ id: attribute(attributes, 'id') ?? '', name: attribute(attributes, 'name') ?? '' });
  });
  return { sheets, from1904 };
}

function linksOf(xml: string): { id: string; kind: string; target: string }[] {
  const links: { id: string; kind: string; target: string }[] = [];
  walk(xml, (name, attributes) => {
    if (name !== 'Relationship') return;
    const target = attribute(attributes, 'Target') ?? '';
    links.push({
      id: attribute(attributes, 'Id') ?? '',
      kind: (attribute(attributes, 'Type') ?? '').split('/').at(-1)!,
      target: target.startsWith('/') ? target.slice(1) : posix.join('xl', target),
    });
  });
  return links;
}

const walk = (xml: string, open: XmlListener['open']): void => walkXml(xml, { open, close: () => {}, text: () => {} });

async function sharedTexts(archive: Uint8Array, entry: ZipEntry): Promise<string[]> {
  const texts: string[] = [];
  let length = 0;
  for await (const piece of piecesUpTo(textOf(archive, entry), 'si')) {
    let said = '';
    let reading = false;
    let ruby = false;
    walkXml(piece, {
      open: (name) => {
        if (name === 'si') said = '';
        if (name === 'rPh') ruby = true;
        reading = name === 't' && !ruby;
      },
      close: (name) => {
        if (name === 'rPh') ruby = false;
        if (name === 't') reading = false;
        if (name === 'si') texts.push(said);
      },
      text: (text) => {
        if (reading) said += text;
      },
    });
    length += piece.length;
    if (length > mostShared) throw sheetFault('tooManyTexts');
  }
  return texts;
}

/** Collects the rows of a piece of a sheet. */
function rowListener(book: Workbook, rows: SheetRow[], merged: string[]): XmlListener {
  let cells: string[] = [];
  let line = 0;
  let column = 0;
  let kind = '';
  let day = false;
  let raw = '';
  let reading = false;
  return {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attribute(attributes, 'r') ?? line + 1);
        cells = [];
        column = 0;
      } else if (name === 'c') {
        const place = attribute(attributes, 'r');
        column = place ? columnOf(place) : column + 1;
        if (column > sheetLimits.columns) throw sheetFault('tooManyColumns', { line });
        kind = attribute(attributes, 't') ?? 'n';
        day = book.isDay[Number(attribute(attributes, 's') ?? -1)] ?? false;
        raw = '';
      } else if (name === 'mergeCell') merged.push(attribute(attributes, 'ref') ?? '');
      reading = name === 'v' || name === 't';
    },
    close: (name) => {
      if (name === 'v' || name === 't') reading = false;
      if (name === 'c') {
        while (cells.length < column - 1) cells.push('');
        cells[column - 1] = cellText(book, kind, day, raw);
      }
      if (name === 'row' && cells.some((each) => each.trim() !== '')) rows.push({ line, cells });
    },
    text: (text) => {
      if (reading) raw += text;
    },
  };
}

/** `AB12` → 28 */
function columnOf(place: string): number {
  let column = 0;
  for (const letter of place) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    column = column * 26 + value;
  }
  return column;
}

function cellText(book: Workbook, kind: string, day: boolean, raw: string): string {
  if (kind === 's') return book.shared[Number(raw)] ?? '';
  if (kind === 'b') return raw === '1' ? 'true' : 'false';
  if (kind === 'd') return raw.replace('T', ' ');
  if (kind !== 'n' || raw === '') return raw;
  return day ? dayOf(Number(raw), book.from1904) : numberText(raw);
}
