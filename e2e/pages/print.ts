import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** The words of a PDF, page after page. */
export function textOfPdf(bytes: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-print-'));
  try {
    const path = join(folder, 'print.pdf');
    writeFileSync(path, bytes);
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    return text.split('\f').slice(0, -1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The page as it comes out of a printer: A4, its number on each sheet, the words one needs, nothing of the menus.
 * @returns the bytes
 */
export async function expectPrinted(page: Page, words: { there: string[]; notThere: string[] }): Promise<Buffer> {
  const bytes = await page.pdf({ preferCSSPageSize: true });
  const sheets = textOfPdf(bytes);
  // a long word may be broken over two lines, so that white space says nothing
  const bare = (words: string) => words.normalize('NFC').replace(/\s+/g, '');
  const text = bare(sheets.join(''));
  for (const word of words.there) expect(text).toContain(bare(word));
  for (const word of words.notThere) expect(text).not.toContain(bare(word));
  for (const [index, sheet] of sheets.entries()) expect(sheet).toContain(`${index + 1} / ${sheets.length}`);
  const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(bytes.toString('latin1'));
  expect([Math.round(Number(box?.[1])), Math.round(Number(box?.[2]))]).toEqual([595, 842]);
  return bytes;
}
