import { type FontStyle, openFont, printable } from '../render/fonts.ts';

export const MM = 72 / 25.4;
export type Rgb = readonly [number, number, number];
export const BLACK: Rgb = [0, 0, 0];

/** A number as PDF writes it: at most three decimals, never an exponent. */
export const num = (value: number): string => {
  const text = value.toFixed(3).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
};
export const nums = (...values: number[]): string => values.map(num).join(' ');
export const fillColour = (c: Rgb): string => `${nums(...c)} rg`;
export const strokeColour = (c: Rgb): string => `${nums(...c)} RG`;

/** Maps a point of glyph space or of a drawing to page space. */
export type Place = (x: number, y: number) => readonly [number, number];

/** The outline of a text as filled paths (no font needed), each glyph placed by `place(position of its origin)`. */
export function outlineText(
  style: FontStyle,
  text: string,
  size: number,
  placeGlyph: (at: number, width: number) => Place,
): string {
  const font = openFont(style);
  const scale = size / font.unitsPerEm;
  const ops: string[] = [];
  let at = 0;
  for (const char of printable(text)) {
    const glyph = font.glyphForCodePoint(char.codePointAt(0)!);
    if (!glyph) continue;
    const width = glyph.advanceWidth * scale;
    const place = placeGlyph(at, width);
    ops.push(...glyphPath(glyph.path.commands, (x, y) => place(x * scale, y * scale)));
    at += width;
  }
  return ops.length > 0 ? `${ops.join('\n')}\nf` : '';
}

/** Width in points of what `outlineText` draws. */
export function outlineWidth(style: FontStyle, text: string, size: number): number {
  const font = openFont(style);
  let sum = 0;
  for (const char of printable(text)) sum += font.glyphForCodePoint(char.codePointAt(0)!)?.advanceWidth ?? 0;
  return (sum * size) / font.unitsPerEm;
}

function glyphPath(commands: { command: string; args: number[] }[], place: Place): string[] {
  const ops: string[] = [];
  let x = 0;
  let y = 0;
  const point = (px: number, py: number) => nums(...place(px, py));
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
    if (command === 'moveTo') ops.push(`${point(a, b)} m`);
    else if (command === 'lineTo') ops.push(`${point(a, b)} l`);
    else if (command === 'quadraticCurveTo') {
      // a quadratic curve is the cubic one whose handles lie two thirds of the way to its control point
      const first = point(x + (2 / 3) * (a - x), y + (2 / 3) * (b - y));
      const second = point(c + (2 / 3) * (a - c), d + (2 / 3) * (b - d));
      ops.push(`${first} ${second} ${point(c, d)} c`);
    } else if (command === 'bezierCurveTo') ops.push(`${point(a, b)} ${point(c, d)} ${point(e, f)} c`);
    else ops.push('h');
    const end = args.slice(-2);
    if (end.length === 2) [x, y] = end as [number, number];
  }
  return ops;
}

const KAPPA = 0.5522847498;
/** A full circle as path operators; the caller adds S or f. */
export function circlePath(cx: number, cy: number, r: number): string {
  const k = r * KAPPA;
  return [
    `${nums(cx + r, cy)} m`,
    `${nums(cx + r, cy + k, cx + k, cy + r, cx, cy + r)} c`,
    `${nums(cx - k, cy + r, cx - r, cy + k, cx - r, cy)} c`,
    `${nums(cx - r, cy - k, cx - k, cy - r, cx, cy - r)} c`,
    `${nums(cx + k, cy - r, cx + r, cy - k, cx + r, cy)} c h`,
  ].join('\n');
}
