import type { PDFContext, PDFRef } from '@cantoo/pdf-lib';
import { fieldFont } from '../pdf/field-font.ts';
import { fillColour, num, nums, type Rgb } from '../pdf/operators.ts';
import { isoLocal } from '../pdf/pdf-date.ts';
import { textWidth } from '../render/fonts.ts';
import { handwriting } from './handwriting.ts';
import { sealDrawing } from './seal-drawing.ts';

/** What is seen of a signature. Decree 30/2020, annex I: the leader signs in blue, the seal is red and of real size. */
export type Appearance =
  | { kind: 'initial'; name: string }
  | { kind: 'handwritten'; name: string }
  | { kind: 'seal'; organisation: string; place?: string | undefined; at: Date };

const BLUE: Rgb = [0.06, 0.16, 0.62];
const RED: Rgb = [0.82, 0.06, 0.1];

/** The form XObject shown in the field's rectangle. Drawn as vectors: sharp at any size and without image files. */
export function drawAppearance(context: PDFContext, appearance: Appearance, width: number, height: number): PDFRef {
  const drawing =
    appearance.kind === 'initial'
      ? initial(context, appearance.name, width, height)
      : appearance.kind === 'handwritten'
        ? { ops: handwriting(appearance.name, width, height, BLUE, true), font: undefined }
        : seal(context, appearance, width, height);
  return context.register(
    context.flateStream(`q\n${drawing.ops}\nQ`, {
      Type: 'XObject',
      Subtype: 'Form',
      FormType: 1,
      BBox: [0, 0, Number(num(width)), Number(num(height))],
      Resources: drawing.font ? { Font: { F: drawing.font } } : {},
    }),
  );
}

/** The unit head's initial: a small stroke and the given name. */
function initial(context: PDFContext, name: string, width: number, height: number) {
  const given = name.normalize('NFC').trim().split(/\s+/).at(-1) ?? '';
  const font = fieldFont(context, 'Tinos', given);
  const size = Math.min(8, height * 0.45);
  const textRoom = font.width(given, size);
  const ops = [
    handwriting(name, Math.max(width - textRoom - 3, width * 0.4), height, BLUE, false),
    `BT ${fillColour(BLUE)} /F ${num(size)} Tf ${nums(width - textRoom, height * 0.25)} Td <${font.encode(given)}> Tj ET`,
  ].join('\n');
  return { ops, font: font.ref };
}

/** The round seal at the right end of the field and, left of it, who signed and when. */
function seal(context: PDFContext, appearance: Extract<Appearance, { kind: 'seal' }>, width: number, height: number) {
  const room = width - height;
  const size = 6.5;
  const lines = [
    ...wrap(`Ký bởi: ${appearance.organisation}`, size, room - 2),
    'Thời gian ký:',
    isoLocal(appearance.at),
  ];
  const font = fieldFont(context, 'Tinos', lines.join(''));
  const leading = size * 1.2;
  const top = height / 2 + (lines.length * leading) / 2 - size;
  const text = lines
    .map((line, i) => `BT /F ${num(size)} Tf ${nums(1, top - i * leading)} Td <${font.encode(line)}> Tj ET`)
    .join('\n');
  const ring = sealDrawing(
    appearance.organisation,
    appearance.place,
    width - height / 2,
    height / 2,
    height / 2 - 1,
    RED,
  );
  return { ops: room > 20 ? `${fillColour(RED)}\n${text}\n${ring}` : ring, font: font.ref };
}

function wrap(text: string, size: number, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.normalize('NFC').split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && textWidth('regular', longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
