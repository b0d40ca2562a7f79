import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';

export interface FormField {
  name: string;
  kind: 'signature' | 'text' | 'other';
  ref: PDFRef;
  dict: PDFDict;
  /** x1, y1, x2, y2 in points */
  rect: [number, number, number, number];
  filled: boolean;
}

/** A value of a dictionary as a given revision sees it: dictionaries are shared between revisions, references are not. */
export const entryOf = (context: PDFContext, dict: PDFDict, key: string): PDFObject | undefined =>
  context.lookup(dict.get(PDFName.of(key)));

/** The interactive form of a document, if it has one. */
export function acroForm(context: PDFContext): PDFDict | undefined {
  const root = context.lookup(context.trailerInfo.Root);
  const form = root instanceof PDFDict ? entryOf(context, root, 'AcroForm') : undefined;
  return form instanceof PDFDict ? form : undefined;
}

/** Top-level fields that are their own widget: the only kind this system prepares and fills. */
export function formFields(context: PDFContext): FormField[] {
  const form = acroForm(context);
  const list = form && entryOf(context, form, 'Fields');
  if (!(list instanceof PDFArray)) return [];
  return list.asArray().flatMap((ref) => {
    const dict = ref instanceof PDFRef ? context.lookup(ref) : undefined;
    if (!(ref instanceof PDFRef) || !(dict instanceof PDFDict)) return [];
    const name = textOf(entryOf(context, dict, 'T'));
    const rect = entryOf(context, dict, 'Rect');
    if (name === undefined || !(rect instanceof PDFArray) || dict.has(PDFName.of('Kids'))) return [];
    const type = entryOf(context, dict, 'FT');
    const kind = type === PDFName.of('Sig') ? 'signature' : type === PDFName.of('Tx') ? 'text' : 'other';
    const sides = rect.asArray().map((side) => (side instanceof PDFNumber ? side.asNumber() : 0));
    return [{ name, kind, ref, dict, rect: sides as FormField['rect'], filled: dict.has(PDFName.of('V')) } as const];
  });
}

/** The text of a string object in either notation; undefined for anything else. */
export function textOf(object: unknown): string | undefined {
  return object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : undefined;
}
