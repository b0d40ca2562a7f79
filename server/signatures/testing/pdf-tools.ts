import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a tool of poppler-utils, qpdf, mupdf-tools or libnss3-tools; returns its exit code and everything it printed. */
export function run(tool: string, args: string[]): { code: number; output: string } {
  const done = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.error) throw done.error;
  return { code: done.status ?? 1, output: `${done.stdout}${done.stderr}` };
}

/** A folder that is gone after `work`, with the PDF in it. */
export function withPdf<T>(pdf: Uint8Array, work: (path: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'signatures-'));
  try {
    const path = join(folder, 'file.pdf');
    writeFileSync(path, pdf);
    return work(path, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What poppler says about the signatures, with one root trusted. */
export function pdfsig(pdf: Uint8Array, root: Uint8Array): string {
  return withPdf(pdf, (path, folder) => {
    const store = `sql:${folder}`;
    const certificate = join(folder, 'root.der');
    writeFileSync(certificate, root);
    run('certutil', ['-N', '-d', store, '--empty-password']);
    run('certutil', ['-A', '-d', store, '-n', 'root', '-t', 'CT,CT,CT', '-i', certificate]);
    return run('pdfsig', ['-no-ocsp', '-nssdir', store, path]).output;
  });
}

export interface GreyImage {
  width: number;
  height: number;
  /** 0 black to 255 white, row by row */
  pixels: Uint8Array;
}

/** The first page as grey pixels. */
export function rasterise(pdf: Uint8Array, dpi: number): GreyImage {
  return withPdf(pdf, (path, folder) => {
    run('pdftoppm', ['-r', String(dpi), '-gray', '-f', '1', '-l', '1', '-singlefile', path, join(folder, 'page')]);
    const file = readFileSync(join(folder, 'page.pgm'));
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 40).toString('latin1'))!;
    return { width: Number(head[1]), height: Number(head[2]), pixels: file.subarray(head[0].length) };
  });
}

export const count = (text: string, part: string): number => text.split(part).length - 1;
