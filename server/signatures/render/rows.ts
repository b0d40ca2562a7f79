import type { RichText } from '../layout/document-layout.ts';
import type { Canvas } from './canvas.ts';
import type { Line } from './text-flow.ts';

export interface Cell {
  text: RichText;
  align: 'left' | 'center' | 'right' | 'justify';
  bold?: boolean;
  /** drawn once, beside the first line of the row */
  draw?: (x: number, baseline: number) => void;
}
export interface RowStyle {
  /** widths in points, summing to at most the width of the page's text */
  widths: number[];
  border: boolean;
  padding: number;
  /** drawn again after each page break inside or before the row */
  onNewPage?: () => void;
}

/** One row of cells whose text wraps; a row that does not fit moves to the next page, one taller than a page is continued there. */
export function drawRow(canvas: Canvas, cells: Cell[], style: RowStyle): void {
  const { leading, bottom, left } = canvas;
  const inner = style.widths.map((width) => width - 2 * style.padding);
  const columns: Line[][] = cells.map((cell, i) =>
    canvas.flow(cell.text, { width: inner[i]!, bold: cell.bold ?? false }),
  );
  const lines = Math.max(1, ...columns.map((column) => column.length));
  const chrome = 2 * style.padding;
  const whole = lines * leading + chrome;
  if (whole <= bottom - canvas.top) breakPage(canvas, whole, style);
  let done = 0;
  while (done < lines) {
    breakPage(canvas, leading + chrome, style);
    const fitting = Math.max(1, Math.floor((bottom - canvas.y - chrome + 0.01) / leading));
    const count = Math.min(lines - done, fitting);
    const height = count * leading + chrome;
    let x = left;
    cells.forEach((cell, i) => {
      const baseline = canvas.y + style.padding + leading * 0.78;
      if (done === 0) cell.draw?.(x + style.padding, baseline);
      for (const [n, line] of columns[i]!.slice(done, done + count).entries()) {
        canvas.line(line, x + style.padding, inner[i]!, baseline + n * leading, cell.align);
      }
      if (style.border) canvas.box(x, canvas.y, style.widths[i]!, height, 'S');
      x += style.widths[i]!;
    });
    canvas.y += height;
    done += count;
  }
}

function breakPage(canvas: Canvas, height: number, style: RowStyle): void {
  const sheets = canvas.sheets.length;
  canvas.need(height);
  if (canvas.sheets.length > sheets) style.onNewPage?.();
}
