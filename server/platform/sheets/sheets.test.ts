import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { zipLimits } from '../content/zip-directory.ts';
import { checkSheet } from './check-sheet.ts';
import { csvRows } from './csv-rows.ts';
import { csvLine } from './csv-text.ts';
import { dayOf, numberText } from './number-formats.ts';
import { rowsOfBytes } from './read-sheet.ts';
import { withoutApostrophe } from './safe-cell.ts';
import { type SheetRow, sheetTypes } from './sheet.ts';
import { xlsxRows } from './xlsx-rows.ts';
import { xlsxStream } from './xlsx-text.ts';
import { zipStream } from './zip-stream.ts';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}
const csv = (text: string, size = 1000): Promise<SheetRow[]> => all(csvRows(inPieces(Buffer.from(text), size)));
async function* each<T>(items: readonly T[]) {
  yield* items;
}
const zip = async (parts: Record<string, string>): Promise<Buffer> =>
  Buffer.concat(
    await all(zipStream(each(Object.entries(parts).map(([name, text]) => ({ name, content: each([text]) }))))),
  );

describe('a CSV', () => {
  const text = '\uFEFFTên;"Địa ""chỉ""";c\r\n"a\nb";;x\r\n\r\n  \n1;2;3';
  test.each([1, 2, 3, 7, 1000])('is read in pieces of %i bytes as at once', async (size) => {
    expect(await csv(text, size)).toEqual([
      { line: 1, cells: ['Tên', 'Địa "chỉ"', 'c'] },
      { line: 2, cells: ['a\nb', '', 'x'] },
      { line: 6, cells: ['1', '2', '3'] },
    ]);
  });

  test.each([
    ['a\tb,c\td', ['a', 'b,c', 'd']],
    ['"a;b;c;d",e', ['a;b;c;d', 'e']],
    ['một', ['một']],
  ])('finds its separator: %j', async (line, cells) => {
    expect(await csv(line)).toEqual([{ line: 1, cells }]);
  });

  test('of another encoding or with a quote left open is refused by name', async () => {
    const refusal = (bytes: Uint8Array) => all(csvRows(inPieces(bytes, 64)));
    await expect(refusal(Buffer.from('\uFEFFTên', 'utf16le'))).rejects.toMatchObject({ reason: 'sheets.errors.utf16' });
    await expect(refusal(Buffer.from('Ten,b', 'utf16le'))).rejects.toMatchObject({ reason: 'sheets.errors.utf16' });
    await expect(refusal(Buffer.from([0x54, 0xea, 0x6e, 0x0a]))).rejects.toMatchObject({
      reason: 'sheets.errors.encoding',
    });
    await expect(csv('a,"b\nc')).rejects.toMatchObject({
      reason: 'sheets.errors.openQuote',
      details: { values: { line: 1 } },
    });
  });

  test('is parted as its headings are, whatever title stands above', async () => {
    expect((await csv('SỔ NHÀ THUỐC\nTên;Địa chỉ, phường;Mã\n'))[1]?.cells).toEqual(['Tên', 'Địa chỉ, phường', 'Mã']);
    expect((await csv('Tên\nA\nB')).map(({ cells }) => cells)).toEqual([['Tên'], ['A'], ['B']]);
  });

  test('is written so that nothing in it is run, and read back as it was', async () => {
    const cells = ['=1+1', '-1.5', '+84 24', '@x', 'a,"b"', 'hai\ndòng', "'", 'Đắk Lắk'];
    const line = csvLine(cells);
    expect(line).toMatch(/^'=1\+1,-1\.5,'\+84 24,'@x,/);
    const [row] = await csv(line);
    expect(row?.cells.map(withoutApostrophe)).toEqual(cells);
  });
});

describe('a workbook', () => {
  test('is read as it was written, whatever stands in its cells', async () => {
    const rows = [
      ['=1+1', '', 'a & <b> "c"'],
      ['hai\ndòng', 'Đắk Lắk', ' '],
    ];
    const bytes = Buffer.concat(await all(xlsxStream("Sổ [1] 'a'", ['A', 'B', 'C'], each(rows))));
    expect(checkSheet(bytes)).toBe('xlsx');
    expect((await all(rowsOfBytes(bytes, sheetTypes.xlsx))).map(({ cells }) => [...cells, '', ''].slice(0, 3))).toEqual(
      [['A', 'B', 'C'], ...rows],
    );
  });

  test('counts its lines over all the pieces it comes in', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => [`Nhà thuốc số ${n}`, 'x'.repeat(n % 90)]);
    const bytes = Buffer.concat(await all(xlsxStream('Sổ', ['A', 'B'], each(rows))));
    const lines = (await all(rowsOfBytes(bytes, sheetTypes.xlsx))).map(({ line }) => line);
    expect(lines).toEqual(Array.from({ length: 5001 }, (_, n) => n + 1));
  });

  test('of another program: prefixes, shared texts, days, numbers, formulas, gaps, the first sheet that is shown', async () => {
    const sheet = `<x:worksheet xmlns:x="m"><x:sheetData>
      <x:row r="2"><x:c r="A2" t="s"><x:v>1</x:v></x:c><x:c r="D2" s="1"><x:v>46387</x:v></x:c></x:row>
      <x:row r="4"><x:c r="A4"><x:f>1&lt;2</x:f><x:v>1.1000000000000001</x:v></x:c><x:c r="B4" t="b"><x:v>1</x:v></x:c>
        <x:c r="C4"><x:v>8.93110123426E11</x:v></x:c><x:c r="D4" t="str"><x:v>c &#7879; d</x:v></x:c></x:row>
    </x:sheetData></x:worksheet>`;
    const bytes = await zip({
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><sheets><sheet name="ẩn" state="hidden" r:id="a"/><sheet name="b" r:id="b"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="b" Type="t/worksheet" Target="/xl/worksheets/s.xml"/><Relationship Id="c" Type="t/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="d" Type="t/styles" Target="styles.xml"/></Relationships>',
      'xl/styles.xml':
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
      'xl/sharedStrings.xml':
        '<sst><si><t>không</t></si><si><r><t>Tê</t></r><r><t>n</t></r><rPh><t>x</t></rPh></si></sst>',
      'xl/worksheets/s.xml': sheet,
    });
    expect(await all(rowsOfBytes(bytes, sheetTypes.xlsx))).toEqual([
      { line: 2, cells: ['Tên', '', '', '2026-12-31'] },
      { line: 4, cells: ['1.1', 'true', '893110123426', 'c ệ d'] },
    ]);
  });

  test('with cells merged over several lines below its headings is refused by their name; a title or a heading may be', async () => {
    const row = (line: number, text: string) => `<row r="${line}"><c r="A${line}" t="str"><v>${text}</v></c></row>`;
    const bytes = await zip({
      'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="b" r:id="b"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="b" Type="t/worksheet" Target="s.xml"/></Relationships>',
      'xl/s.xml': `<worksheet><sheetData>${row(1, 'SỔ')}${row(3, 'Tên')}${row(5, 'A')}${row(6, 'B')}</sheetData>
        <mergeCells count="3"><mergeCell ref="A1:F1"/><mergeCell ref="B3:B4"/><mergeCell ref="C5:C9"/></mergeCells></worksheet>`,
    });
    const read = (headingLine?: number) => all(xlsxRows(bytes, 0, headingLine));
    await expect(read(3)).rejects.toMatchObject({
      reason: 'sheets.errors.merged',
      details: { values: { range: 'C5:C9' } },
    });
    expect(await read(5)).toHaveLength(4);
    expect(await read()).toHaveLength(4);
  });

  test.each([
    [61, '1900-03-01'],
    [1, '1900-01-01'],
    [46_387.5, '2026-12-31 12:00:00'],
  ])('counts days as spreadsheets do: %d is %s', (serial, day) => {
    expect(dayOf(serial, false)).toBe(day);
  });
  test('writes numbers as people do', () => {
    expect(['1E-3', '0.1', '00012', '12'].map(numberText)).toEqual(['0.001', '0.1', '12', '12']);
  });

  test('that would burst is refused before anything is unpacked; so is one that lies about its size', async () => {
    const bomb = await zip({ '[Content_Types].xml': '', 'xl/workbook.xml': ' '.repeat(zipLimits.ratioFrom * 4) });
    expect(() => checkSheet(bomb)).toThrow(expect.objectContaining({ reason: 'sheets.errors.bomb' }));
    const workbook = '<workbook xmlns:r="r"><sheets><sheet name="b" r:id="b"/></sheets></workbook>';
    const rels = '<Relationships><Relationship Id="b" Type="t/worksheet" Target="s.xml"/></Relationships>';
    const honest = await zip({
      'xl/workbook.xml': workbook,
      'xl/_rels/workbook.xml.rels': rels,
      'xl/s.xml': 'x'.repeat(90_000),
    });
    const at = honest.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    honest.writeUInt32LE(10, at + 24);
    await expect(all(rowsOfBytes(honest, sheetTypes.xlsx))).rejects.toMatchObject({ reason: 'sheets.errors.bomb' });
  });

  test.each([
    ['an older one', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'olderFormat'],
    ['a web page', Buffer.from('<html>'), 'notASheet'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'notASheet'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['an archive', deflateRawSync(Buffer.from('x')), 'csv'],
  ])('%s is told', (_what, bytes, expected) => {
    let found: string;
    try {
      found = checkSheet(bytes);
    } catch (error) {
      found = (error as { reason: string }).reason.replace('sheets.errors.', '');
    }
    expect(found).toBe(expected);
  });
});
