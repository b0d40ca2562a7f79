import { fieldNames, type HeaderBlock } from '../layout/document-layout.ts';
import { MM } from '../pdf/operators.ts';
import type { Canvas } from './canvas.ts';
import { type FontStyle, textWidth } from './fonts.ts';

const motto = {
  vi: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
  en: ['SOCIALIST REPUBLIC OF VIET NAM', 'Independence - Freedom - Happiness'],
} as const;

/** The motto is one line each, however small the sheet. */
const mottoShrink = 0.5;

/** A piece of a line that holds printed words and prepared fields side by side. */
type Piece = { text: string } | { field: string; width: number };

/** The national header of Decree 30/2020: agency, number on the left; motto, place and date on the right. */
export function drawHeader(canvas: Canvas, block: HeaderBlock): void {
  const width = canvas.right - canvas.left;
  const split = canvas.left + width * 0.41;
  const leftRoom = split - canvas.left - 2 * MM;
  const rightRoom = canvas.right - split;
  const start = canvas.y;
  const leading = canvas.size * 1.2;

  let leftY = start;
  if (block.superior)
    leftY = centred(canvas, block.superior.toUpperCase(), canvas.left, leftRoom, leftY, 'regular', nameShrink);
  leftY = centred(canvas, block.agency.toUpperCase(), canvas.left, leftRoom, leftY, 'bold', nameShrink);
  underline(canvas, canvas.left + leftRoom / 2, leftRoom * 0.2, leftY + 1);
  leftY += 5;

  const [country, words] = motto[layoutLanguage(canvas)];
  let rightY = centred(canvas, country, split, rightRoom, start, 'bold', mottoShrink);
  rightY = centred(canvas, words, split, rightRoom, rightY, 'bold', mottoShrink);
  underline(canvas, split + rightRoom / 2, textWidth('bold', words, canvas.size) / 2, rightY + 1);
  rightY += 5;

  const base = Math.max(leftY, rightY) + leading;
  if (block.number) {
    const pieces: Piece[] =
      'field' in block.number
        ? [{ text: numberLabel(canvas) }, { field: fieldNames.number, width: 13 * MM }, { text: block.number.suffix }]
        : [{ text: `${numberLabel(canvas)}${block.number.text}` }];
    drawPieces(canvas, pieces, canvas.left, leftRoom, base, 'regular');
  }
  const date = datePieces(canvas, block);
  if (date.length > 0) drawPieces(canvas, date, split, rightRoom, base, 'italic');
  canvas.y = base + (block.number || date.length > 0 ? leading * 0.8 : 0);
}

const layoutLanguage = (canvas: Canvas) => canvas.layout.language;
const numberLabel = (canvas: Canvas) => (layoutLanguage(canvas) === 'vi' ? 'Số: ' : 'No.: ');

function datePieces(canvas: Canvas, block: HeaderBlock): Piece[] {
  const place = block.place ? `${block.place}, ` : '';
  if (!block.date) return [];
  const vi = layoutLanguage(canvas) === 'vi';
  if ('on' in block.date) {
    const [year = '', month = '', day = ''] = block.date.on.split('-');
    // Decree 30/2020: days below 10 and months 1 and 2 take a leading zero
    const shown = Number(month) > 2 ? String(Number(month)) : month;
    return [{ text: vi ? `${place}ngày ${day} tháng ${shown} năm ${year}` : `${place}${day}/${month}/${year}` }];
  }
  const [day, month, year] = [8 * MM, 8 * MM, 12 * MM];
  return vi
    ? [
        { text: `${place}ngày ` },
        { field: fieldNames.day, width: day },
        { text: ' tháng ' },
        { field: fieldNames.month, width: month },
        { text: ' năm ' },
        { field: fieldNames.year, width: year },
      ]
    : [
        { text: place },
        { field: fieldNames.day, width: day },
        { text: '/' },
        { field: fieldNames.month, width: month },
        { text: '/' },
        { field: fieldNames.year, width: year },
      ];
}

function drawPieces(
  canvas: Canvas,
  pieces: Piece[],
  x: number,
  room: number,
  baseline: number,
  style: FontStyle,
): void {
  const natural = (size: number) =>
    pieces.reduce((sum, piece) => sum + ('text' in piece ? textWidth(style, piece.text, size) : piece.width), 0);
  let size = canvas.size;
  while (size > 7 && natural(size) > room) size -= 0.5;
  let at = x + (room - natural(size)) / 2;
  for (const piece of pieces) {
    if ('text' in piece) {
      canvas.text(at, baseline, piece.text, style, size);
      at += textWidth(style, piece.text, size);
    } else {
      const align = piece.field === fieldNames.number ? 'right' : 'center';
      canvas.field(
        { name: piece.field, kind: 'text', style, size, align },
        at,
        baseline - size,
        piece.width,
        size * 1.3,
      );
      at += piece.width;
    }
  }
}

/** Names of agencies may be set so much smaller where that keeps them on one line (Decree 30/2020: size 12 to 13). */
const nameShrink = 12 / 13;

/**
 * Centred, below `y`. A text that would need more than one line is made smaller, by at most `shrink`; one that needs more
 * even so keeps its size and is broken into lines of about the same length. Returns the pen below the last line.
 */
function centred(
  canvas: Canvas,
  value: string,
  x: number,
  room: number,
  y: number,
  style: FontStyle,
  shrink: number,
): number {
  const fitting = room / textWidth(style, value, 1);
  const size = fitting >= canvas.size * shrink ? Math.min(canvas.size, fitting - 0.01) : canvas.size;
  const broken = (width: number) => canvas.flow(value, { width, size, bold: style === 'bold' });
  let lines = broken(room);
  for (let width = room - 2; lines.length > 1 && width > room / 2; width -= 2) {
    const narrower = broken(width);
    if (narrower.length > lines.length) break;
    lines = narrower;
  }
  for (const [i, line] of lines.entries()) canvas.line(line, x, room, y + size + i * size * 1.2, 'center', size);
  return y + lines.length * size * 1.2 + 1;
}

function underline(canvas: Canvas, centre: number, half: number, y: number): void {
  canvas.rule(centre - half, y + 1.5, centre + half, y + 1.5, 0.6);
}
