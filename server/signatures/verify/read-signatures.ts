import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRef } from '@cantoo/pdf-lib';
import { acroForm, entryOf, textOf } from '../pdf/form-fields.ts';
import { readPdfDate } from '../pdf/pdf-date.ts';
import { type Lock, readLock } from '../signing/locks.ts';
import type { Revision } from './pdf-revision.ts';

export interface FoundSignature {
  field: string;
  signerText: string | undefined;
  reason: string | undefined;
  location: string | undefined;
  claimedAt: Date | undefined;
  subFilter: string;
  lock: Lock | undefined;
  /** undefined when the covered range is not the whole revision but the hexadecimal digits of the container */
  range: { gapStart: number; gapEnd: number; end: number } | undefined;
}

export interface FoundFields {
  signed: FoundSignature[];
  /** names of signature fields without a signature */
  empty: string[];
}

const name = (text: string): PDFName => PDFName.of(text);

/** All signature fields of a revision, also those of foreign documents whose fields have parents. */
export function readSignatures(bytes: Buffer, revision: Revision): FoundFields {
  const found: FoundFields = { signed: [], empty: [] };
  const seen = new Set<PDFDict>();
  const walk = (list: unknown, prefix: string, inherited: unknown, depth: number) => {
    if (!(list instanceof PDFArray) || depth > 16) return;
    for (const ref of list.asArray()) {
      const dict = revision.context.lookup(ref);
      if (!(dict instanceof PDFDict) || seen.has(dict)) continue;
      seen.add(dict);
      const own = textOf(entryOf(revision.context, dict, 'T'));
      const full = [prefix, own].filter(Boolean).join('.');
      const type = entryOf(revision.context, dict, 'FT') ?? inherited;
      if (type === name('Sig') && (own !== undefined || dict.has(name('V')))) {
        const value = dict.get(name('V'));
        const signature = revision.context.lookup(value);
        if (signature instanceof PDFDict) found.signed.push(readOne(bytes, revision, full, value, signature));
        else found.empty.push(full);
      }
      walk(entryOf(revision.context, dict, 'Kids'), full, type, depth + 1);
    }
  };
  const { context } = revision;
  const form = acroForm(context);
  walk(form && entryOf(context, form, 'Fields'), '', undefined, 0);
  return found;
}

function readOne(bytes: Buffer, revision: Revision, field: string, ref: unknown, signature: PDFDict): FoundSignature {
  const text = (key: string) => textOf(entryOf(revision.context, signature, key))?.normalize('NFC');
  const filter = entryOf(revision.context, signature, 'SubFilter');
  return {
    field,
    signerText: text('Name'),
    reason: text('Reason'),
    location: text('Location'),
    claimedAt: readPdfDate(text('M') ?? ''),
    subFilter: filter instanceof PDFName ? filter.decodeText() : '',
    lock: readLock(revision.context, signature),
    range: ref instanceof PDFRef ? exactRange(bytes, revision, ref, signature) : undefined,
  };
}

/**
 * The covered range, when it is exactly everything but the digits of this signature's own /Contents: it starts at the
 * first byte, the gap is the string from `<` to `>`, nothing else in the dictionary is called /Contents.
 */
function exactRange(bytes: Buffer, revision: Revision, ref: PDFRef, signature: PDFDict): FoundSignature['range'] {
  const at = revision.offsets.get(ref.objectNumber);
  const numbers = rangeNumbers(entryOf(revision.context, signature, 'ByteRange'));
  if (at === undefined || !numbers) return undefined;
  const [start, gapStart, gapEnd, rest] = numbers;
  const end = gapEnd + rest;
  if (start !== 0 || gapStart <= at || gapEnd <= gapStart + 2 || end > revision.end || rest <= 0) return undefined;
  if (bytes[gapStart] !== 0x3c || bytes[gapEnd - 1] !== 0x3e) return undefined;
  const head = bytes.subarray(at, gapStart).toString('latin1');
  const close = bytes.indexOf('endobj', gapEnd);
  if (close === -1 || head.includes('endobj') || !/\/Contents\s*$/.test(head)) return undefined;
  const around = head + bytes.subarray(gapEnd, close).toString('latin1');
  return around.split('/Contents').length === 2 ? { gapStart, gapEnd, end } : undefined;
}

function rangeNumbers(object: unknown): [number, number, number, number] | undefined {
  if (!(object instanceof PDFArray) || object.size() !== 4) return undefined;
  const values = object.asArray().map((value) => (value instanceof PDFNumber ? value.asNumber() : Number.NaN));
  return values.every((value) => Number.isSafeInteger(value) && value >= 0)
    ? (values as [number, number, number, number])
    : undefined;
}

/** The bytes between `<` and `>`; undefined when they are not hexadecimal digits. `exact` demands lower case, as this system writes. */
export function readContents(
  bytes: Buffer,
  range: { gapStart: number; gapEnd: number },
): { bytes: Buffer; exact: boolean } | undefined {
  const digits = bytes.subarray(range.gapStart + 1, range.gapEnd - 1).toString('latin1');
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  return { bytes: Buffer.from(digits, 'hex'), exact: !/[A-F]/.test(digits) };
}
