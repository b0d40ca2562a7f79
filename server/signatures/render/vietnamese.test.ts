import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DocumentLayout } from '../layout/document-layout.ts';
import { MM } from '../pdf/operators.ts';
import { type GreyImage, rasterise } from '../testing/pdf-tools.ts';
import { vietnameseLetters } from './fonts.ts';
import { renderDocument } from './render-document.ts';

// outside tools take their time on a busy machine
vi.setConfig({ testTimeout: 90_000 });

const letters = [...new Set(Array.from(vietnameseLetters))];
const columns = 14;
const dpi = 150;

/** Every letter in a cell of its own: a table without text around it, so that a cell's pixels are the letter's. */
async function sheet(form: 'NFC' | 'NFD', bold: boolean): Promise<Uint8Array> {
  const rows = Array.from({ length: Math.ceil(letters.length / columns) }, (_, r) =>
    Array.from({ length: columns }, (_, c) => [{ text: (letters[r * columns + c] ?? ' ').normalize(form), bold }]),
  );
  const head = Array.from({ length: columns }, () => ({ title: '-', share: 1, align: 'center' as const }));
  return renderDocument(
    DocumentLayout.parse({
      version: 1,
      title: 'Bảng chữ',
      createdAt: '2026-11-23T09:00:00+07:00',
      fontSize: 16,
      blocks: [{ kind: 'table', columns: head, rows }],
    }),
  );
}

/** The pixels strictly inside a cell, dark as 255. */
function cell(image: GreyImage, index: number): Uint8Array {
  const scale = dpi / 72;
  const width = ((210 - 45) * MM) / columns;
  const height = 16 * 1.25 + 5;
  const x = 30 * MM + (index % columns) * width;
  const y = 20 * MM + 3 + (Math.floor(index / columns) + 1) * height;
  const darkness: number[] = [];
  for (let py = Math.ceil((y + 1) * scale); py < Math.floor((y + height - 1) * scale); py++) {
    for (let px = Math.ceil((x + 1) * scale); px < Math.floor((x + width - 1) * scale); px++) {
      darkness.push(255 - image.pixels[py * image.width + px]!);
    }
  }
  return Uint8Array.from(darkness);
}

/** How much ink, in fully black pixels. */
const ink = (pixels: Uint8Array): number => pixels.reduce((sum, dark) => sum + dark, 0) / 255;
/** The letter's shape as text, to tell one from another. */
const shapeOf = (pixels: Uint8Array): string => Array.from(pixels, (dark) => (dark > 127 ? '1' : '0')).join('');

describe.each([
  ['regular', false],
  ['bold', true],
])('the Vietnamese alphabet in the %s face', (_, bold) => {
  let image: GreyImage;
  beforeAll(async () => {
    image = rasterise(await sheet('NFC', bold), dpi);
  });

  it('has all 89 letters, f, j, w and z in both cases', () => {
    expect(letters).toHaveLength(2 * (89 + 4));
  });

  it('prints every letter', () => {
    const blank = letters.filter((_, i) => ink(cell(image, i)) < 12);
    expect(blank).toEqual([]);
  });

  it('prints no two letters alike: no accent is lost, none is a box', () => {
    const seen = new Map<string, string>();
    for (const [i, letter] of letters.entries()) {
      const shape = shapeOf(cell(image, i));
      expect([letter, seen.get(shape)]).toEqual([letter, undefined]);
      seen.set(shape, letter);
    }
  });

  it('prints each accented letter with more ink than its base letter', () => {
    // the dot of i gives way to the accent, so ink says nothing of them
    const dotted = 'ìíỉĩị';
    const bare = (letter: string) => letter.normalize('NFD').replace(/\p{M}/gu, '').replace('đ', 'd').replace('Đ', 'D');
    for (const [i, letter] of letters.entries()) {
      const base = letters.indexOf(bare(letter));
      if (base === i || dotted.includes(letter)) continue;
      expect([letter, ink(cell(image, i)) > ink(cell(image, base)) + 2]).toEqual([letter, true]);
    }
  });

  it('prints decomposed input exactly like composed input', async () => {
    const other = rasterise(await sheet('NFD', bold), dpi);
    expect(Buffer.from(other.pixels).equals(Buffer.from(image.pixels))).toBe(true);
  });
});
