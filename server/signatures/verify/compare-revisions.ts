import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { formFields } from '../pdf/form-fields.ts';
import { sha256 } from '../signing/cms.ts';
import type { Revision } from './pdf-revision.ts';

/** What was done to a document after a signature that no signer agreed to. */
export type Alteration =
  | 'contentChanged'
  | 'annotationAdded'
  | 'fieldAltered'
  | 'lockedFieldChanged'
  | 'signatureReplaced'
  | 'structureChanged';

const name = (text: string): PDFName => PDFName.of(text);

/**
 * Compares two revisions object by object. Allowed are: a value and an appearance for a field that was prepared,
 * empty and not locked, with the objects those need. Everything else is named.
 */
export function compareRevisions(
  before: Revision,
  after: Revision,
  locked: (field: string) => boolean,
): Set<Alteration> {
  const found = new Set<Alteration>();
  const seam = after.sections.findIndex((section) => section.at === before.sections[0]!.at);
  if (seam === -1 || String(after.context.trailerInfo.Root) !== String(before.context.trailerInfo.Root))
    return found.add('structureChanged');
  const touched = new Set(after.sections.slice(0, seam).flatMap((section) => [...section.entries.keys()]));
  touched.delete(0);
  const fields = new Map(formFields(before.context).map((field) => [field.ref.objectNumber, field]));
  const accounted = new Set<number>(after.sections.slice(0, seam).flatMap((section) => xrefObject(after, section.at)));
  const fresh = new Set([...touched].filter((number) => !lookUp(before, number)));

  let classified = 0;
  for (const number of touched) {
    const old = lookUp(before, number);
    const now = lookUp(after, number);
    if (fresh.has(number) || serialise(old) === serialise(now)) continue;
    const field = fields.get(number);
    if (!field || !(now instanceof PDFDict)) {
      // naming the kind costs a look at every page; a file with hundreds of changes is altered whatever they are
      found.add(classified++ < 200 ? classify(before.context, number, old, now) : 'structureChanged');
      continue;
    }
    if (onlyDiffersIn(field.dict, now, ['V', 'AP'])) {
      if (field.filled && field.kind === 'signature') found.add('signatureReplaced');
      else if (locked(field.name)) found.add('lockedFieldChanged');
      else for (const key of ['V', 'AP']) follow(now.get(name(key)), after.context, fresh, accounted);
    } else found.add('fieldAltered');
  }
  for (const number of fresh) {
    const object = lookUp(after, number);
    if (accounted.has(number) || object === undefined) continue;
    found.add(
      object instanceof PDFDict && object.get(name('Subtype')) !== undefined ? 'annotationAdded' : 'structureChanged',
    );
  }
  return found;
}

const lookUp = (revision: Revision, number: number): PDFObject | undefined =>
  revision.context.lookup(PDFRef.of(number, 0)) ?? undefined;

/** A cross-reference stream is an object of its own; it carries no content. */
const xrefObject = (revision: Revision, at: number): number[] =>
  [...revision.offsets].filter(([, offset]) => offset === at).map(([number]) => number);

/** Text of an object in which two are equal exactly when the objects are. */
function serialise(object: PDFObject | undefined): string {
  if (object instanceof PDFRawStream) return `${object.dict.toString()} ${sha256(object.contents).toString('hex')}`;
  return object?.toString() ?? '';
}

function onlyDiffersIn(old: PDFDict, now: PDFDict, allowed: string[]): boolean {
  const keys = new Set([...old.keys(), ...now.keys()].map((key) => key.decodeText()));
  return [...keys].every(
    (key) => allowed.includes(key) || serialise(old.get(name(key))) === serialise(now.get(name(key))),
  );
}

/** Marks the new objects a value needs. Old ones it points to are unchanged or named on their own. */
function follow(object: PDFObject | undefined, context: PDFContext, fresh: Set<number>, accounted: Set<number>): void {
  if (object instanceof PDFRef) {
    if (!fresh.has(object.objectNumber) || accounted.has(object.objectNumber)) return;
    accounted.add(object.objectNumber);
    follow(context.lookup(object), context, fresh, accounted);
  } else if (object instanceof PDFArray)
    for (const member of object.asArray()) follow(member, context, fresh, accounted);
  else if (object instanceof PDFDict) for (const value of object.values()) follow(value, context, fresh, accounted);
  else if (object instanceof PDFRawStream) follow(object.dict, context, fresh, accounted);
}

function classify(
  before: PDFContext,
  number: number,
  old: PDFObject | undefined,
  now: PDFObject | undefined,
): Alteration {
  if (old instanceof PDFDict && old.get(name('Type')) === name('Page')) {
    return now instanceof PDFDict && onlyDiffersIn(old, now, ['Annots']) ? 'annotationAdded' : 'contentChanged';
  }
  for (const [, object] of before.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.get(name('Type')) !== name('Page')) continue;
    if (refersTo(object.get(name('Annots')), number)) return 'annotationAdded';
    if (refersTo(object.get(name('Contents')), number) || refersTo(object.get(name('Resources')), number))
      return 'contentChanged';
  }
  return old instanceof PDFRawStream ? 'contentChanged' : 'structureChanged';
}

const refersTo = (object: PDFObject | undefined, number: number): boolean =>
  object instanceof PDFRef
    ? object.objectNumber === number
    : object instanceof PDFArray && object.asArray().some((member) => refersTo(member, number));
