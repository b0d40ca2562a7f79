import { PDFArray, type PDFContext, PDFDict, PDFName } from '@cantoo/pdf-lib';
import { fieldNames } from '../layout/document-layout.ts';
import { entryOf, type FormField, formFields, textOf } from '../pdf/form-fields.ts';

/** Which fields a signature forbids to change afterwards (FieldMDP, ISO 32000-1, 12.8.2.4). */
export type Lock = { action: 'All' } | { action: 'Include' | 'Exclude'; fields: readonly string[] };

export const lockCovers = (lock: Lock, field: string): boolean =>
  lock.action === 'All' || lock.fields.includes(field) === (lock.action === 'Include');

/** The lock a signature dictionary declares, if any. */
export function readLock(context: PDFContext, signature: PDFDict): Lock | undefined {
  const references = entryOf(context, signature, 'Reference');
  if (!(references instanceof PDFArray)) return undefined;
  for (let i = 0; i < references.size(); i++) {
    const reference = context.lookup(references.get(i));
    if (!(reference instanceof PDFDict) || entryOf(context, reference, 'TransformMethod') !== PDFName.of('FieldMDP'))
      continue;
    const params = entryOf(context, reference, 'TransformParams');
    if (!(params instanceof PDFDict)) continue;
    const action = entryOf(context, params, 'Action');
    if (action === PDFName.of('All')) return { action: 'All' };
    const list = entryOf(context, params, 'Fields');
    const fields = list instanceof PDFArray ? list.asArray().flatMap((name) => textOf(name) ?? []) : [];
    return { action: action === PDFName.of('Include') ? 'Include' : 'Exclude', fields };
  }
  return undefined;
}

/** The signed field whose lock forbids touching `field`, if one does. */
export function lockedBy(context: PDFContext, field: string): FormField | undefined {
  return formFields(context).find((signed) => {
    if (signed.kind !== 'signature' || !signed.filled) return false;
    const value = entryOf(context, signed.dict, 'V');
    const lock = value instanceof PDFDict ? readLock(context, value) : undefined;
    return lock !== undefined && lockCovers(lock, field);
  });
}

const issue = [fieldNames.number, fieldNames.day, fieldNames.month, fieldNames.year, fieldNames.seal];
/** What each of the three signatures leaves free: the next ones, and number and date until the seal closes everything. */
export const locks = {
  initial: { action: 'Exclude', fields: [fieldNames.leader, ...issue] },
  leader: { action: 'Exclude', fields: issue },
  seal: { action: 'All' },
} as const satisfies Record<string, { action: Lock['action']; fields?: readonly string[] }>;
