import { PDFDocument } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyPdf } from './verify-pdf.ts';

vi.setConfig({ testTimeout: 90_000 });

let packed: Buffer;
beforeAll(async () => {
  const document = await PDFDocument.create();
  for (let i = 0; i < 3; i++) document.addPage().drawText(`Page ${i}`);
  document.getForm().createTextField('a').addToPage(document.getPages()[0]!);
  packed = Buffer.from(await document.save({ useObjectStreams: true }));
});

/** A file whose cross-reference is a stream with this dictionary and no filter. */
function withXrefStream(dictionary: string, data: Buffer): Buffer {
  const head = Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /XRef ${dictionary} /Length ${data.length} >>\nstream\n`);
  return Buffer.concat([head, data, Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF\n')]);
}

describe('a hostile file', () => {
  it.each([
    ['entries of no width', '/Size 4000000000 /W [0 0 0] /Root 1 0 R', Buffer.alloc(8, 1)],
    ['entries of enormous width', '/Size 1 /W [1 99999999 1] /Root 1 0 R', Buffer.alloc(8, 1)],
    ['negative widths', '/Size 1 /W [-1 2 1] /Root 1 0 R', Buffer.alloc(8, 1)],
    ['a root that is the reference table', '/Size 2 /W [1 2 1] /Index [1 1] /Root 1 0 R', Buffer.from([1, 0, 9, 0])],
    ['thousands of nested arrays', `/Size 1 /W [1 2 1] /Root 1 0 R /X ${'['.repeat(50_000)}`, Buffer.alloc(4)],
  ])('with %s is answered at once and without an exception', (_, dictionary, data) => {
    const started = performance.now();
    const verdict = verifyPdf(withXrefStream(dictionary, data), { anchors: [] });
    expect(['unreadable', 'unsigned']).toContain(verdict.status);
    expect(verdict.signatures).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('made from an honest one by any change of three bytes never throws and is never intact', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 1500; i++) {
      const file = Buffer.from(packed);
      for (const step of [7919, 104_729, 1_299_709]) file[(i * step) % file.length] = (i * step * 31) % 256;
      seen.add(verifyPdf(file, { anchors: [] }).status);
    }
    expect([...seen].toSorted()).toEqual(['unreadable', 'unsigned']);
  });
});
