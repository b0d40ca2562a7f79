import QRCode from 'qrcode';
import type { LayoutBlock } from '../layout/document-layout.ts';
import { MM, nums } from '../pdf/operators.ts';
import type { Canvas } from './canvas.ts';

type Notes = Extract<LayoutBlock, { kind: 'notes' }>;
type Qr = Extract<LayoutBlock, { kind: 'qr' }>;

const noteSize = (canvas: Canvas) => Math.max(8, canvas.size - 2);

function notesLines(canvas: Canvas, block: Notes, width: number) {
  const size = noteSize(canvas);
  const title = block.title ? canvas.flow(block.title, { width, size, bold: true, italic: true }) : [];
  const items = block.items.flatMap((item) => canvas.flow(`- ${item}`, { width, size }));
  return [...title, ...items];
}

export const notesHeight = (canvas: Canvas, block: Notes, width: number): number =>
  notesLines(canvas, block, width).length * noteSize(canvas) * 1.2 + 2;

/** Recipients and remarks in smaller print; goes on over page ends. */
export function drawNotes(canvas: Canvas, block: Notes, x: number, width: number): void {
  const size = noteSize(canvas);
  for (const line of notesLines(canvas, block, width)) {
    canvas.need(size * 1.2);
    canvas.line(line, x, width, canvas.y + size, 'left', size);
    canvas.y += size * 1.2;
  }
  canvas.y += 2;
}

const captionSize = 8;
export const qrHeight = (canvas: Canvas, block: Qr): number => {
  const caption = block.caption
    ? canvas.flow(block.caption, { width: captionWidth(block), size: captionSize }).length
    : 0;
  return (block.sizeMm + 2) * MM + caption * captionSize * 1.2;
};
const captionWidth = (block: Qr) => Math.max(block.sizeMm, 34) * MM;

/** A QR code drawn as squares, with the quiet zone of two modules a white page completes; level M. */
export function drawQr(canvas: Canvas, block: Qr, left: number, room: number): void {
  const { modules } = QRCode.create(block.data, { errorCorrectionLevel: 'M' });
  const side = block.sizeMm * MM;
  canvas.need(qrHeight(canvas, block));
  const x = left + (block.align === 'center' ? (room - side) / 2 : block.align === 'right' ? room - side : 0);
  const top = canvas.y + MM;
  const unit = side / (modules.size + 4);
  const squares: string[] = [];
  for (let row = 0; row < modules.size; row++) {
    for (let start = 0; start < modules.size; start++) {
      let end = start;
      while (end < modules.size && modules.get(row, end)) end++;
      if (end === start) continue;
      const at = [x + (start + 2) * unit, canvas.height - top - (row + 3) * unit];
      squares.push(`${nums(at[0]!, at[1]!, (end - start) * unit, unit)} re`);
      start = end;
    }
  }
  canvas.put('q 0 g', ...squares, 'f Q');
  canvas.y = top + side + MM;
  if (!block.caption) return;
  const width = captionWidth(block);
  const from =
    block.align === 'right' ? left + room - width : block.align === 'center' ? left + (room - width) / 2 : left;
  for (const line of canvas.flow(block.caption, { width, size: captionSize })) {
    canvas.line(line, from, width, canvas.y + captionSize, block.align, captionSize);
    canvas.y += captionSize * 1.2;
  }
}
