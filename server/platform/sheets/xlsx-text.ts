import { looksLikeFormula } from './safe-cell.ts';
import { sheetFault } from './sheet.ts';
import { type StreamedEntry, zipStream } from './zip-stream.ts';

/** Rows one sheet can hold, the heading among them. */
const mostRows = 1_048_576;
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What XML forbids, however it is written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(forbidden, '')
    .replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter]!);

/** Every cell is text; one that looks like a formula also bears the mark of text typed behind an apostrophe. */
const cellOf = (text: string, style: number): string =>
  text === ''
    ? '<c/>'
    : `<c t="inlineStr"${style ? ` s="${style}"` : ''}><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
const rowOf = (cells: readonly string[], heading = false): string =>
  `<row>${cells.map((cell) => cellOf(cell, heading ? 1 : looksLikeFormula(cell) ? 2 : 0)).join('')}</row>`;

/** A workbook of one sheet (ISO/IEC 29500-1), made while its rows arrive. */
export const xlsxStream = (
  title: string,
  headings: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<Uint8Array> => zipStream(parts(title, headings, rows));

async function* parts(
  title: string,
  headings: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<StreamedEntry> {
  const part = (name: string, xml: string): StreamedEntry => ({ name, content: once(head + xml) });
  const type = (name: string, kind: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${kinds}.${kind}+xml"/>`;
  yield part(
    '[Content_Types].xml',
    `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${type('workbook', 'sheet.main')}${type('worksheets/sheet1', 'worksheet')}${type('styles', 'styles')}</Types>`,
  );
  const link = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`;
  const links = (inner: string) => `<Relationships xmlns="${packages}/relationships">${inner}</Relationships>`;
  yield part('_rels/.rels', links(link('r1', 'officeDocument', 'xl/workbook.xml')));
  yield part(
    'xl/_rels/workbook.xml.rels',
    links(link('r1', 'worksheet', 'worksheets/sheet1.xml') + link('r2', 'styles', 'styles.xml')),
  );
  yield part(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(sheetName(title))}" sheetId="1" r:id="r1"/></sheets></workbook>`,
  );
  yield part('xl/styles.xml', styles);
  yield { name: 'xl/worksheets/sheet1.xml', content: sheet(headings, rows) };
}

/** A name of at most 31 letters without those that no sheet may have in its name. */
const sheetName = (title: string): string =>
  title
    .replace(/[[\]:*?/\\']/g, ' ')
    .trim()
    .slice(0, 31) || '1';

const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs></styleSheet>`;

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** Rows gathered before they are packed, so that the packer is not asked for each of a million. */
const together = 200;

async function* sheet(headings: readonly string[], rows: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${rowOf(headings, true)}`;
  let waiting: string[] = [];
  let count = 1;
  for await (const row of rows) {
    count += 1;
    if (count > mostRows) throw sheetFault('tooManyRows', { rows: mostRows - 1 });
    waiting.push(rowOf(row));
    if (waiting.length < together) continue;
    yield waiting.join('');
    waiting = [];
  }
  yield `${waiting.join('')}</sheetData></worksheet>`;
}
