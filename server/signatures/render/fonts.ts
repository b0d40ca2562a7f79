import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fontkit from '@cantoo/fontkit';

export type FontStyle = 'regular' | 'bold' | 'italic' | 'boldItalic';

/** Tinos: metric twin of Times New Roman, the face Decree 30/2020 prescribes; all Vietnamese letters, free licence. */
const files: Record<FontStyle, string> = {
  regular: '400Regular/Tinos_400Regular.ttf',
  bold: '700Bold/Tinos_700Bold.ttf',
  italic: '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  boldItalic: '700Bold_Italic/Tinos_700Bold_Italic.ttf',
};

const opened = new Map<FontStyle, fontkit.Font>();

/** The face of a style, read once. Looks for the package from the working directory upwards, so a bundled server finds it too. */
export function openFont(style: FontStyle): fontkit.Font {
  const known = opened.get(style);
  if (known) return known;
  const font = fontkit.create(readFileSync(findFile(files[style]))) as fontkit.Font;
  opened.set(style, font);
  return font;
}

function findFile(name: string): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules/@expo-google-fonts/tinos', name);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder)
      throw new Error(`The font file ${name} of @expo-google-fonts/tinos is not installed`);
  }
}

/** Letters composed (NFC), other white space as plain spaces, control characters gone: what a line of print can hold. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n\u00a0\u202f]/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, (char) => (char === '\n' ? char : ''));
}

/** Advance width of one character in thousandths of the size, as written into the file's width table. */
export function advance(style: FontStyle, codePoint: number): number {
  const font = openFont(style);
  return Math.round(((font.glyphForCodePoint(codePoint)?.advanceWidth ?? 0) * 1000) / font.unitsPerEm);
}

/** Width of a text in points at a size. */
export function textWidth(style: FontStyle, text: string, size: number): number {
  let sum = 0;
  for (const char of text) sum += advance(style, char.codePointAt(0)!);
  return (sum * size) / 1000;
}

export const hasCharacter = (style: FontStyle, codePoint: number): boolean =>
  openFont(style).hasGlyphForCodePoint(codePoint);

const lower = 'aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz';
/** Every letter of Vietnamese in both cases, with f, j, w, z. */
export const vietnameseLetters = lower + lower.toUpperCase();
/** What may be written into prepared fields and signature appearances later: their font must hold it from the start. */
export const fieldCharacters =
  Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('') +
  vietnameseLetters.replace(/[a-z]/gi, '') +
  '–—“”‘’…•';
