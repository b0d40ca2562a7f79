import type { DocumentLayout } from '../layout/document-layout.ts';
import { createFontSubset, type FontSubset } from '../pdf/embedded-font.ts';
import { fillColour, MM, num, nums, outlineText, outlineWidth } from '../pdf/operators.ts';
import { type FontStyle, fieldCharacters, textWidth } from './fonts.ts';
import { type FlowOptions, flowText, type Line } from './text-flow.ts';

/** A prepared field: its place in points from the lower left corner of its page. */
export interface PlacedField {
  name: string;
  kind: 'signature' | 'text';
  rect: [number, number, number, number];
  page: number;
  /** text fields: face, size and side */
  style: FontStyle;
  size: number;
  align: 'left' | 'center' | 'right';
}

export const fontNames: Record<FontStyle, string> = {
  regular: 'Tinos',
  bold: 'TinosBold',
  italic: 'TinosItalic',
  boldItalic: 'TinosBoldItalic',
};

/** Decree 30/2020: A4 with 20–25 mm above and below, 30–35 mm left, 15–20 mm right; A5 slips keep the order of the margins. */
const pages = {
  A4: { width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 15, size: 13 },
  A5: { width: 148, height: 210, top: 15, bottom: 15, left: 20, right: 12, size: 11 },
};

export type Canvas = ReturnType<typeof createCanvas>;

/** Pages being drawn, from the top down: `y` is the distance of the pen from the upper edge, in points. */
export function createCanvas(layout: DocumentLayout) {
  const format = pages[layout.page];
  const size = layout.fontSize ?? format.size;
  const width = format.width * MM;
  const height = format.height * MM;
  const left = format.left * MM;
  const right = width - format.right * MM;
  const top = format.top * MM;
  const bottom = height - format.bottom * MM;
  const sheets: string[][] = [];
  const fields: PlacedField[] = [];
  const subsets = new Map<FontStyle, FontSubset>();
  let y = 0;

  const subset = (style: FontStyle): FontSubset => {
    const known = subsets.get(style);
    if (known) return known;
    const made = createFontSubset(style);
    // number, date and signature texts arrive after the file is fixed: their face must hold every letter already
    if (style === 'regular') made.encode(fieldCharacters);
    if (style === 'italic') made.encode('0123456789/-');
    subsets.set(style, made);
    return made;
  };
  const put = (...ops: string[]) => sheets.at(-1)!.push(...ops);
  /** A single line of one face, its baseline `baseline` points below the upper edge. */
  const text = (x: number, baseline: number, value: string, style: FontStyle, at = size) =>
    put(
      'BT',
      `/${fontNames[style]} ${num(at)} Tf`,
      `${nums(x, height - baseline)} Td`,
      `<${subset(style).encode(value)}> Tj`,
      'ET',
    );

  const newPage = () => {
    sheets.push([]);
    y = top;
    if (layout.watermark) put(...watermark(layout.watermark, width, height));
    if (sheets.length > 1) {
      const value = String(sheets.length);
      text((width - textWidth('regular', value, size)) / 2, top - 7 * MM, value, 'regular');
    }
  };
  newPage();

  return {
    layout,
    size,
    width,
    height,
    left,
    right,
    top,
    bottom,
    sheets,
    fields,
    subsets,
    leading: size * 1.25,
    get y() {
      return y;
    },
    set y(value: number) {
      y = value;
    },
    put,
    text,
    newPage,
    /** Starts a page when `points` do not fit below the pen. Something taller than a page starts one only if the pen is not at the top. */
    need(points: number) {
      if (y + points > bottom + 0.01 && y > top) newPage();
    },
    flow: (value: Parameters<typeof flowText>[0], options: Partial<FlowOptions> & { width: number }): Line[] =>
      flowText(value, { size, missingCharacter: layout.missingCharacter, ...options }),
    /** One flowed line within [x, x + room]. */
    line(
      line: Line,
      x: number,
      room: number,
      baseline: number,
      align: 'left' | 'center' | 'right' | 'justify',
      at = size,
    ) {
      if (line.words.length === 0) return;
      const spare = room - line.width;
      const gaps = line.words.length - 1;
      const stretch = align === 'justify' && !line.last && gaps > 0 ? spare / gaps : 0;
      const start = x + (align === 'center' ? spare / 2 : align === 'right' ? spare : 0);
      const ops: string[] = [];
      let open: FontStyle | undefined;
      const show = (style: FontStyle, value: string, after = 0) => {
        if (style !== open) ops.push(open ? '] TJ' : '', `/${fontNames[style]} ${num(at)} Tf [`);
        open = style;
        ops.push(`<${subset(style).encode(value)}>${after ? ` ${num((-after * 1000) / at)}` : ''}`);
      };
      line.words.forEach((word, i) => {
        for (const segment of word.segments) show(segment.style, segment.text);
        if (i < gaps) show(word.spaceStyle, ' ', stretch);
      });
      put('BT', `${nums(start, height - baseline)} Td`, ops.filter(Boolean).join(' '), '] TJ', 'ET');
    },
    rule(x1: number, y1: number, x2: number, y2: number, weight = 0.5) {
      put(`${num(weight)} w ${nums(x1, height - y1)} m ${nums(x2, height - y2)} l S`);
    },
    box(x: number, yTop: number, w: number, h: number, paint: 'S' | 'f') {
      put(`0.6 w ${nums(x, height - yTop - h, w, h)} re ${paint}`);
    },
    field(field: Omit<PlacedField, 'rect' | 'page'>, x: number, yTop: number, w: number, h: number) {
      fields.push({ ...field, rect: [x, height - yTop - h, x + w, height - yTop], page: sheets.length - 1 });
      // a prepared text field needs its face in the file even when nothing else on the page uses it
      if (field.kind === 'text') subset(field.style);
      subset('regular');
    },
  };
}

/** Outlines, not text: a watermark must not turn up in copied or searched text. */
function watermark(value: string, width: number, height: number): string[] {
  const natural = outlineWidth('bold', value, 100);
  const size = Math.min(120, (Math.hypot(width, height) * 0.6 * 100) / natural);
  const total = (natural * size) / 100;
  const angle = Math.atan2(height, width);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const path = outlineText('bold', value, size, (at) => (x, y) => {
    const [u, v] = [at + x - total / 2, y - size / 3];
    return [width / 2 + u * cos - v * sin, height / 2 + u * sin + v * cos];
  });
  return ['q', fillColour([0.9, 0.9, 0.9]), path, 'Q'];
}
