import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { printable, textWidth } from '../render/fonts.ts';
import { createFontSubset } from './embedded-font.ts';
import { acroForm } from './form-fields.ts';

/** A face for text that is written into a file after it was made. */
export interface FieldFont {
  ref: PDFRef;
  /** hexadecimal glyph codes */
  encode(text: string): string;
  /** points */
  width(text: string, size: number): number;
}

/**
 * The face of that name among the form's resources when it holds every character of `text`; else a new part of
 * Tinos holding exactly those. Using the file's own face keeps an increment small.
 */
export function fieldFont(context: PDFContext, name: string, text: string): FieldFont {
  const wanted = new Set(Array.from(printable(text)));
  const prepared = preparedFont(context, name);
  if (prepared && [...wanted].every((char) => prepared.codes.has(char))) {
    const { ref, codes, widths } = prepared;
    return {
      ref,
      encode: (value) => Array.from(printable(value), (char) => hex4(codes.get(char)!)).join(''),
      width: (value, size) =>
        Array.from(printable(value)).reduce((sum, char) => sum + (widths.get(codes.get(char)!) ?? 1000), 0) *
        (size / 1000),
    };
  }
  const subset = createFontSubset('regular');
  for (const char of wanted) subset.encode(char);
  const ref = context.nextRef();
  subset.write(context, ref);
  return {
    ref,
    encode: (value) => subset.encode(printable(value)),
    width: (value, size) => textWidth('regular', printable(value), size),
  };
}

const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

function preparedFont(context: PDFContext, name: string) {
  const resources = acroForm(context)?.lookup(PDFName.of('DR'));
  const fonts = resources instanceof PDFDict ? resources.lookup(PDFName.of('Font')) : undefined;
  const ref = fonts instanceof PDFDict ? fonts.get(PDFName.of(name)) : undefined;
  const font = ref instanceof PDFRef ? context.lookup(ref) : undefined;
  if (!(ref instanceof PDFRef) || !(font instanceof PDFDict)) return undefined;
  const map = font.lookup(PDFName.of('ToUnicode'));
  const descendants = font.lookup(PDFName.of('DescendantFonts'));
  const descendant = descendants instanceof PDFArray ? descendants.lookup(0) : undefined;
  const widthTable = descendant instanceof PDFDict ? descendant.lookup(PDFName.of('W')) : undefined;
  if (!(map instanceof PDFRawStream) || !(widthTable instanceof PDFArray)) return undefined;
  return { ref, codes: readCodes(map), widths: readWidths(widthTable) };
}

/** Character to glyph code, from the map this system wrote: one `<code> <utf-16>` pair to a line. */
function readCodes(map: PDFRawStream): Map<string, number> {
  const text = Buffer.from(decodePDFRawStream(map).decode()).toString('latin1');
  const codes = new Map<string, number>();
  for (const [, code = '', utf16 = ''] of text.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]{4,8})>$/gm)) {
    codes.set(Buffer.from(utf16, 'hex').swap16().toString('utf16le'), Number.parseInt(code, 16));
  }
  return codes;
}

function readWidths(table: PDFArray): Map<number, number> {
  const widths = new Map<number, number>();
  for (let i = 0; i + 1 < table.size(); i += 2) {
    const first = table.lookup(i);
    const list = table.lookup(i + 1);
    if (!(first instanceof PDFNumber) || !(list instanceof PDFArray)) break;
    list.asArray().forEach((width, n) => {
      if (width instanceof PDFNumber) widths.set(first.asNumber() + n, width.asNumber());
    });
  }
  return widths;
}
