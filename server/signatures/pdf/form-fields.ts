import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
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

/** The interactive form of a document, if it has one. */
export function acroForm(context: PDFContext): PDFDict | undefined {
  const root = context.lookup(context.trailerInfo.Root);
  const form = root instanceof PDFDict ? root.lookup(PDFName.of('AcroForm')) : undefined;
  return form instanceof PDFDict ? form : undefined;
}

/** Top-level fields that are their own widget: the only kind this system prepares and fills. */
export function formFields(context: PDFContext): FormField[] {
  const list = acroForm(context)?.lookup(PDFName.of('Fields'));
  if (!(list instanceof PDFArray)) return [];
  return list.asArray().flatMap((ref) => {
    const dict = ref instanceof PDFRef ? context.lookup(ref) : undefined;
    if (!(ref instanceof PDFRef) || !(dict instanceof PDFDict)) return [];
    const name = textOf(dict.lookup(PDFName.of('T')));
    const rect = dict.lookup(PDFName.of('Rect'));
    if (name === undefined || !(rect instanceof PDFArray) || dict.has(PDFName.of('Kids'))) return [];
    const type = dict.lookup(PDFName.of('FT'));
    const kind = type === PDFName.of('Sig') ? 'signature' : type === PDFName.of('Tx') ? 'text' : 'other';
    const sides = rect.asArray().map((side) => (side instanceof PDFNumber ? side.asNumber() : 0));
    return [{ name, kind, ref, dict, rect: sides as FormField['rect'], filled: dict.has(PDFName.of('V')) } as const];
  });
}

/** The text of a string object in either notation; undefined for anything else. */
export function textOf(object: unknown): string | undefined {
  return object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : undefined;
}
