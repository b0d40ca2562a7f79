import { AppError } from '#server/platform/errors.ts';
import type { RichText } from '../layout/document-layout.ts';
import { type FontStyle, hasCharacter, printable, textWidth } from './fonts.ts';

export interface Segment {
  text: string;
  style: FontStyle;
}
interface Word {
  segments: Segment[];
  width: number;
  /** the style the space after this word is set in */
  spaceStyle: FontStyle;
}
export interface Line {
  words: Word[];
  /** natural width with single spaces, points */
  width: number;
  /** the last line of its paragraph is never stretched */
  last: boolean;
}

export interface FlowOptions {
  size: number;
  width: number;
  /** extra room taken from the first line */
  firstIndent?: number;
  bold?: boolean;
  italic?: boolean;
  missingCharacter: 'refuse' | 'box';
}

/**
 * Breaks text into lines no wider than `width` points. A word wider than a line is broken between letters.
 * @throws AppError invalidInput when the face lacks a character and the layout refuses that
 */
export function flowText(text: RichText, options: FlowOptions): Line[] {
  const lines: Line[] = [];
  for (const paragraph of toWords(text, options)) {
    let room = options.width - (lines.length === 0 ? (options.firstIndent ?? 0) : 0);
    let line: Line = { words: [], width: 0, last: false };
    const next = () => {
      lines.push(line);
      line = { words: [], width: 0, last: false };
      room = options.width;
    };
    for (const word of paragraph.flatMap((whole) => splitWord(whole, options))) {
      const before = line.words.at(-1);
      const space = before ? textWidth(before.spaceStyle, ' ', options.size) : 0;
      if (before && line.width + space + word.width > room) next();
      line.width += (line.words.length > 0 ? space : 0) + word.width;
      line.words.push(word);
    }
    line.last = true;
    next();
  }
  return lines;
}

const styleOf = (bold: boolean, italic: boolean): FontStyle =>
  bold ? (italic ? 'boldItalic' : 'bold') : italic ? 'italic' : 'regular';

/** One list of words per line the author broke. */
function toWords(text: RichText, options: FlowOptions): Word[][] {
  const runs = typeof text === 'string' ? [{ text }] : text;
  const paragraphs: Word[][] = [[]];
  let open: Word | undefined;
  const close = () => {
    if (open) paragraphs.at(-1)!.push(open);
    open = undefined;
  };
  for (const run of runs) {
    const style = styleOf(
      options.bold || ('bold' in run && run.bold === true),
      options.italic || ('italic' in run && run.italic === true),
    );
    for (const part of printable(run.text).split(/( +|\n)/)) {
      if (part === '') continue;
      if (part === '\n') {
        close();
        paragraphs.push([]);
      } else if (part.startsWith(' ')) {
        if (open) open.spaceStyle = style;
        close();
      } else {
        checkCharacters(part, style, options);
        open ??= { segments: [], width: 0, spaceStyle: style };
        open.segments.push({ text: part, style });
        open.width += textWidth(style, part, options.size);
      }
    }
  }
  close();
  return paragraphs;
}

function checkCharacters(text: string, style: FontStyle, options: FlowOptions): void {
  if (options.missingCharacter === 'box') return;
  for (const character of text) {
    if (!hasCharacter(style, character.codePointAt(0)!)) {
      throw new AppError('invalidInput', 'signatures.errors.characterMissing', { values: { character } });
    }
  }
}

function splitWord(word: Word, options: FlowOptions): Word[] {
  if (word.width <= options.width) return [word];
  const pieces: Word[] = [];
  let piece: Word = { segments: [], width: 0, spaceStyle: word.spaceStyle };
  for (const { text, style } of word.segments) {
    for (const char of text) {
      const width = textWidth(style, char, options.size);
      if (piece.segments.length > 0 && piece.width + width > options.width) {
        pieces.push(piece);
        piece = { segments: [], width: 0, spaceStyle: word.spaceStyle };
      }
      const end = piece.segments.at(-1);
      if (end && end.style === style) end.text += char;
      else piece.segments.push({ text: char, style });
      piece.width += width;
    }
  }
  return [...pieces, piece];
}
