import { describe, expect, it, vi } from 'vitest';
import { DocumentLayout, type DocumentTemplate, fieldNames } from '../layout/document-layout.ts';
import { fillTemplate } from '../layout/fill-template.ts';
import { formFields } from '../pdf/form-fields.ts';
import { MM } from '../pdf/operators.ts';
import { run, withPdf } from '../testing/pdf-tools.ts';
import { certificateData, certificateTemplate } from '../testing/sample-layout.ts';
import { readRevision } from '../verify/pdf-revision.ts';
import { renderDocument } from './render-document.ts';

// outside tools take their time on a busy machine
vi.setConfig({ testTimeout: 90_000 });

const filled = () => fillTemplate(certificateTemplate, certificateData);
const fieldsOf = (pdf: Uint8Array) => formFields(readRevision(Buffer.from(pdf), pdf.length).context);
const textOf = (pdf: Uint8Array) => withPdf(pdf, (path) => run('pdftotext', ['-layout', path, '-']).output);
const pagesOf = (pdf: Uint8Array) =>
  Number(withPdf(pdf, (path) => /Pages:\s+(\d+)/.exec(run('pdfinfo', [path]).output)?.[1]));

interface Word {
  page: number;
  box: [number, number, number, number];
  text: string;
}
function wordsOf(pdf: Uint8Array): Word[] {
  const html = withPdf(pdf, (path) => run('pdftotext', ['-bbox', path, '-']).output);
  const words: Word[] = [];
  let page = -1;
  for (const line of html.split('\n')) {
    if (line.includes('<page ')) page += 1;
    const found = /xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)<\/word>/.exec(line);
    if (found) words.push({ page, box: found.slice(1, 5).map(Number) as Word['box'], text: found[5]! });
  }
  return words;
}

const paper = (blocks: DocumentTemplate['blocks'], rest: Partial<DocumentTemplate> = {}) =>
  DocumentLayout.parse({ version: 1, title: 'Phiếu', createdAt: '2026-11-23T09:00:00+07:00', blocks, ...rest });

describe('renderDocument', () => {
  it('gives the same bytes for the same layout', async () => {
    const [one, two] = [await renderDocument(filled()), await renderDocument(filled())];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  });

  it('writes a clean file with a cross-reference table without holes', async () => {
    const pdf = await renderDocument(filled());
    expect(withPdf(pdf, (path) => run('qpdf', ['--check', path])).code).toBe(0);
    const table = Buffer.from(pdf).toString('latin1').split('\nxref\n')[1]!;
    expect(table.match(/ f\s/g)).toHaveLength(1);
    expect(table.match(/^\d+ \d+$/gm)).toHaveLength(1);
  });

  it('prepares all seven fields before anything is signed', async () => {
    const fields = fieldsOf(await renderDocument(filled()));
    expect(fields.map(({ name }) => name).toSorted()).toEqual(Object.values(fieldNames).toSorted());
    expect(fields.filter(({ kind }) => kind === 'signature')).toHaveLength(3);
    expect(fields.every(({ filled: value }) => !value)).toBe(true);
  });

  it('centres the leader between title and name and lays the seal over the left third, in real size', async () => {
    const pdf = await renderDocument(filled());
    const rect = Object.fromEntries(fieldsOf(pdf).map((field) => [field.name, field.rect]));
    const [leader, seal] = [rect.leader!, rect.seal!];
    expect((seal[3] - seal[1]) / MM).toBeCloseTo(34, 1);
    expect((leader[2] - leader[0]) / MM).toBeCloseTo(50, 1);
    expect(seal[2]).toBeCloseTo(leader[0] + (leader[2] - leader[0]) / 3, 1);
    expect((seal[1] + seal[3]) / 2).toBeCloseTo((leader[1] + leader[3]) / 2, 1);
    const words = wordsOf(pdf);
    const [title, name] = [words.filter((w) => w.text === 'ĐỐC').at(-1)!, words.find((w) => w.text === 'Quốc')!];
    const height = 297 * MM;
    expect(height - title.box[3]).toBeGreaterThanOrEqual(leader[3]);
    expect(height - name.box[1]).toBeLessThanOrEqual(leader[1] + 3);
    const [first, last] = [words.find((w) => w.text === 'Trần')!, words.find((w) => w.text === 'Khánh')!];
    expect((first.box[0] + last.box[2]) / 2).toBeCloseTo((leader[0] + leader[2]) / 2, 0);
  });

  it('keeps every printed word out of the signature fields, however long the values are', async () => {
    const data = {
      ...certificateData,
      facility: { ...certificateData.facility, address: 'Số 12 đường Nguyễn Thị Minh Khai '.repeat(30) },
      papers: Array.from({ length: 60 }, (_, i) => ({ name: `Giấy tờ thứ ${i + 1} `.repeat(6), copies: i })),
    };
    const pdf = await renderDocument(fillTemplate(certificateTemplate, data));
    expect(pagesOf(pdf)).toBeGreaterThan(3);
    const fields = fieldsOf(pdf).filter(({ kind }) => kind === 'signature');
    const last = pagesOf(pdf) - 1;
    const words = wordsOf(pdf).filter(({ page }) => page === last);
    expect(words.length).toBeGreaterThan(5);
    for (const { rect, name } of fields) {
      const [left, right, top, bottom] = [rect[0], rect[2], 297 * MM - rect[3], 297 * MM - rect[1]];
      const inside = words.filter(
        ({ box }) => box[0] < right - 1 && box[2] > left + 1 && box[1] + 3 < bottom && box[3] - 3 > top,
      );
      expect(inside.map(({ text }) => `${name}: ${text}`)).toEqual([]);
    }
  });

  it('repeats the head of a table and numbers pages from the second', async () => {
    const rows = Array.from({ length: 90 }, (_, i) => [`${i + 1}`, `dòng ${i + 1}`]);
    const columns = [
      { title: 'Đầu-bảng', share: 1 },
      { title: 'Nội dung', share: 5 },
    ];
    const pdf = await renderDocument(paper([{ kind: 'table', columns, rows }]));
    const pages = pagesOf(pdf);
    const text = textOf(pdf).split('\f');
    expect(pages).toBe(3);
    expect(text.slice(0, 3).every((page) => page.includes('Đầu-bảng'))).toBe(true);
    expect(text[1]!.trim().split('\n')[0]!.trim()).toBe('2');
    expect(text[0]!.trim().split('\n')[0]).toContain('Đầu-bảng');
    for (let i = 1; i <= 90; i++) expect(textOf(pdf)).toContain(`dòng ${i}`);
  });

  it('continues a row that is taller than a page and breaks words without spaces', async () => {
    const long = 'mộtgiátrịkhôngcókhoảngtrắng'.repeat(400);
    const pdf = await renderDocument(
      paper([{ kind: 'rows', rows: [{ label: 'Ghi chú', value: long }] }], { page: 'A5' }),
    );
    expect(pagesOf(pdf)).toBeGreaterThan(3);
    const right = (148 - 12) * MM;
    expect(wordsOf(pdf).every(({ box }) => box[2] <= right + 1)).toBe(true);
    expect(count(textOf(pdf))).toBeGreaterThanOrEqual(long.length);
  });

  it('refuses a character the face lacks, naming it, or draws a box where the layout says so', async () => {
    const blocks: DocumentTemplate['blocks'] = [{ kind: 'paragraph', text: 'Nhà thuốc 💊' }];
    await expect(renderDocument(paper(blocks))).rejects.toMatchObject({
      reason: 'signatures.errors.characterMissing',
      details: { values: { character: '💊' } },
    });
    const boxed = await renderDocument(paper(blocks, { missingCharacter: 'box' }));
    expect(textOf(boxed)).toContain('Nhà thuốc');
  });

  it('gives the same bytes for composed and decomposed text', async () => {
    const text = 'Nguyễn Thị Ánh Tuyết, Đắk Lắk, ngữ nghĩa';
    const [nfc, nfd] = await Promise.all(
      (['NFC', 'NFD'] as const).map((form) =>
        renderDocument(paper([{ kind: 'paragraph', text: text.normalize(form) }], {})),
      ),
    );
    const body = (pdf: Uint8Array) => textOf(pdf);
    expect(body(nfd!)).toBe(body(nfc!));
    expect(body(nfc!)).toContain(text);
  });
});

const count = (text: string): number => text.replace(/\s/g, '').length;
