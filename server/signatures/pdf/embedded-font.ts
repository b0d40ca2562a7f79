import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { type PDFContext, PDFHexString, PDFName, PDFRawStream, type PDFRef, PDFString } from '@cantoo/pdf-lib';
import { type FontStyle, openFont } from '../render/fonts.ts';

export interface FontSubset {
  /** glyph codes of a text as hexadecimal digits, four to a character; characters the face lacks come out as its empty box */
  encode(text: string): string;
  /** writes the font into the file under a reserved reference; call once, after all text is encoded */
  write(context: PDFContext, ref: PDFRef): void;
}

/** A part of a face holding only what was encoded, as a two-byte Identity-H font with a map back to Unicode. */
export function createFontSubset(style: FontStyle): FontSubset {
  const font = openFont(style);
  const subset = font.createSubset();
  const used = new Map<number, { code: number; width: number }>();
  const codeOf = (codePoint: number): number => {
    const known = used.get(codePoint);
    if (known) return known.code;
    const glyph = font.glyphForCodePoint(codePoint)!;
    const code = subset.includeGlyph(glyph);
    used.set(codePoint, { code, width: Math.round((glyph.advanceWidth * 1000) / font.unitsPerEm) });
    return code;
  };
  return {
    encode: (text) => Array.from(text, (char) => hex4(codeOf(char.codePointAt(0)!))).join(''),
    write: (context, ref) => {
      const bytes = Buffer.from(subset.encode());
      const tag = tagOf(bytes);
      const name = `${tag}+${font.postscriptName ?? 'Tinos'}`;
      const unit = (value: number) => Math.round((value * 1000) / font.unitsPerEm);
      const file = context.register(
        PDFRawStream.of(
          context.obj({ Length: 0, Length1: bytes.length, Filter: 'FlateDecode' }),
          deflateSync(bytes, { level: 9 }),
        ),
      );
      const descriptor = context.register(
        context.obj({
          Type: 'FontDescriptor',
          FontName: name,
          Flags: style === 'italic' || style === 'boldItalic' ? 70 : 6,
          FontBBox: [unit(font.bbox.minX), unit(font.bbox.minY), unit(font.bbox.maxX), unit(font.bbox.maxY)],
          ItalicAngle: font.italicAngle,
          Ascent: unit(font.ascent),
          Descent: unit(font.descent),
          CapHeight: unit(font.capHeight),
          StemV: style.startsWith('bold') ? 140 : 80,
          FontFile2: file,
        }),
      );
      const codes = [...used]
        .map(([codePoint, { code, width }]) => ({ codePoint, code, width }))
        .sort((a, b) => a.code - b.code || a.codePoint - b.codePoint)
        .filter(({ code }, i, all) => i === 0 || all[i - 1]!.code !== code);
      const descendant = context.register(
        context.obj({
          Type: 'Font',
          Subtype: 'CIDFontType2',
          BaseFont: name,
          CIDToGIDMap: 'Identity',
          CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
          FontDescriptor: descriptor,
          DW: 1000,
          W: codes.flatMap(({ code, width }) => [code, [width]]),
        }),
      );
      const map = Buffer.from(toUnicode(codes), 'latin1');
      const unicode = context.register(
        PDFRawStream.of(context.obj({ Length: 0, Filter: 'FlateDecode' }), deflateSync(map, { level: 9 })),
      );
      context.assign(
        ref,
        context.obj({
          Type: 'Font',
          Subtype: 'Type0',
          BaseFont: name,
          Encoding: 'Identity-H',
          DescendantFonts: [descendant],
          ToUnicode: unicode,
        }),
      );
    },
  };
}

/** Six letters that differ between subsets of one face (ISO 32000-1, 9.6.4), taken from the bytes: the same input gives the same file. */
function tagOf(bytes: Buffer): string {
  const digest = createHash('sha256').update(bytes).digest();
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join('');
}

function toUnicode(codes: { codePoint: number; code: number }[]): string {
  const lines = codes.map(({ code, codePoint }) => {
    const text = Buffer.from(String.fromCodePoint(codePoint), 'utf16le').swap16().toString('hex');
    return `<${hex4(code)}> <${text}>`;
  });
  const parts: string[] = [];
  for (let i = 0; i < lines.length; i += 100) {
    const part = lines.slice(i, i + 100);
    parts.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange\n<0000> <ffff>\nendcodespacerange',
    ...parts,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

/** A text for a dictionary: UTF-16 with its mark, in hexadecimal, so that every reader shows the accents. */
export const textString = (text: string): PDFHexString => PDFHexString.fromText(text.normalize('NFC'));
export const pdfName = (name: string): PDFName => PDFName.of(name);
