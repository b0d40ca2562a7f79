import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fieldNames } from '../layout/document-layout.ts';
import { type SampleKeys, sampleKeys, signedRevisions } from '../testing/signed-sample.ts';
import { readRevision } from './pdf-revision.ts';
import { readSignatures } from './read-signatures.ts';
import { verifyPdf } from './verify-pdf.ts';

let keys: SampleKeys;
let issued: Buffer;
let gaps: { gapStart: number; gapEnd: number }[];

beforeAll(async () => {
  keys = await sampleKeys();
  issued = Buffer.from((await signedRevisions(keys)).at(-1)!);
  gaps = readSignatures(issued, readRevision(issued, issued.length)).signed.map(({ range }) => range!);
});

// hundreds of verifications of the whole file
vi.setConfig({ testTimeout: 120_000 });

const expectedFields = [fieldNames.initial, fieldNames.leader, fieldNames.seal];
/** The status after one bit of one byte was turned. No stored digest helps: only the file itself is looked at. */
function statusAfterFlip(at: number, bit: number): string {
  const file = Buffer.from(issued);
  file[at] = file[at]! ^ (1 << bit);
  return verifyPdf(file, { anchors: [{ certificate: keys.authority.root }], expectedFields }).status;
}

/** The same positions each run; a prime step visits every part of the file. */
const positions = (from: number, to: number, samples: number): number[] => {
  const step = Math.max(1, Math.floor((to - from) / samples));
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step).filter((at) => at < to);
};

describe('one changed bit', () => {
  it('anywhere in the file is never intact', () => {
    const passed = positions(0, issued.length, 300).filter((at, i) => statusAfterFlip(at, i % 8) === 'intact');
    expect(passed).toEqual([]);
  });

  it('anywhere in the last signature container, its padding and its brackets is never intact', () => {
    const { gapStart, gapEnd } = gaps.toSorted((a, b) => a.gapStart - b.gapStart).at(-1)!;
    const passed = positions(gapStart, gapEnd, 250).filter((at, i) => statusAfterFlip(at, i % 8) === 'intact');
    expect(passed).toEqual([]);
  });

  it('anywhere in the digits of the last container that hold data is never intact, in its low bits', () => {
    const { gapStart } = gaps.toSorted((a, b) => a.gapStart - b.gapStart).at(-1)!;
    const passed = positions(gapStart, gapStart + 6200, 180).filter((at) => statusAfterFlip(at, at % 3) === 'intact');
    expect(passed).toEqual([]);
  });

  it('is found although the file as issued is intact', () => {
    expect(verifyPdf(issued, { anchors: [{ certificate: keys.authority.root }], expectedFields }).status).toBe(
      'intact',
    );
  });
});

describe('a file cut off anywhere', () => {
  it('is never intact', () => {
    const passed = positions(1, issued.length, 120).filter(
      (end) =>
        verifyPdf(issued.subarray(0, end), { anchors: [{ certificate: keys.authority.root }], expectedFields })
          .status === 'intact',
    );
    expect(passed).toEqual([]);
  });
});
