import type { LayoutBlock } from '../layout/document-layout.ts';
import { MM, nums } from '../pdf/operators.ts';
import { drawNotes, drawQr } from './beside.ts';
import type { Canvas } from './canvas.ts';
import { drawHeader } from './header.ts';
import { drawRow, type RowStyle } from './rows.ts';
import { drawSignatures } from './signature-area.ts';

type Of<K extends LayoutBlock['kind']> = Extract<LayoutBlock, { kind: K }>;

/** Draws one block below the pen and moves the pen. */
export function drawBlock(canvas: Canvas, block: LayoutBlock): void {
  switch (block.kind) {
    case 'header':
      drawHeader(canvas, block);
      break;
    case 'title':
      drawTitle(canvas, block);
      break;
    case 'paragraph':
      drawParagraph(canvas, block);
      break;
    case 'rows':
      drawPairs(canvas, block);
      break;
    case 'table':
      drawTable(canvas, block);
      break;
    case 'numberedList':
      for (const [i, item] of block.items.entries()) drawItem(canvas, `${i + 1}.`, item);
      break;
    case 'checklist':
      for (const { text, checked } of block.items) drawItem(canvas, '', text, checked === true || checked === 'true');
      break;
    case 'notes':
      drawNotes(canvas, block, canvas.left, canvas.right - canvas.left);
      break;
    case 'qr':
      drawQr(canvas, block, canvas.left, canvas.right - canvas.left);
      break;
    case 'signatures':
      drawSignatures(canvas, block);
      break;
    case 'space':
      canvas.y += block.mm * MM;
  }
}

function drawTitle(canvas: Canvas, block: Of<'title'>): void {
  const width = canvas.right - canvas.left;
  const size = canvas.size + 1;
  const lines = canvas.flow(block.text, { width, size, bold: true });
  const sub = block.subtitle ? canvas.flow(block.subtitle, { width, bold: true }) : [];
  canvas.need((lines.length + sub.length + 2) * size * 1.25);
  canvas.y += size * 0.6;
  for (const line of lines) {
    canvas.line(line, canvas.left, width, canvas.y + size, 'center', size);
    canvas.y += size * 1.25;
  }
  for (const line of sub) {
    canvas.line(line, canvas.left, width, canvas.y + canvas.size, 'center');
    canvas.y += canvas.leading;
  }
  canvas.y += size * 0.6;
}

function drawParagraph(canvas: Canvas, block: Of<'paragraph'>): void {
  const width = canvas.right - canvas.left;
  const indent = block.indent ? 10 * MM : 0;
  canvas.flow(block.text, { width, firstIndent: indent }).forEach((line, i) => {
    canvas.need(canvas.leading);
    const inset = i === 0 ? indent : 0;
    canvas.line(line, canvas.left + inset, width - inset, canvas.y + canvas.leading * 0.78, block.align);
    canvas.y += canvas.leading;
  });
  canvas.y += canvas.size * 0.25;
}

function drawPairs(canvas: Canvas, block: Of<'rows'>): void {
  const width = canvas.right - canvas.left;
  const label = width * block.labelShare;
  const style: RowStyle = { widths: [label, width - label], border: false, padding: 1 };
  for (const { label: name, value } of block.rows) {
    drawRow(
      canvas,
      [
        { text: name, align: 'left' },
        { text: value, align: 'left' },
      ],
      style,
    );
  }
}

function drawTable(canvas: Canvas, block: Of<'table'>): void {
  const width = canvas.right - canvas.left;
  const total = block.columns.reduce((sum, column) => sum + column.share, 0);
  const widths = block.columns.map((column) => (width * column.share) / total);
  const plain: RowStyle = { widths, border: true, padding: 2.5 };
  const head = () =>
    drawRow(
      canvas,
      block.columns.map(({ title }) => ({ text: title, align: 'center' as const, bold: true })),
      plain,
    );
  canvas.y += 3;
  canvas.need(canvas.leading * 3);
  head();
  const style: RowStyle = { ...plain, onNewPage: head };
  for (const row of block.rows) {
    drawRow(
      canvas,
      block.columns.map(({ align }, i) => ({ text: row[i] ?? '', align })),
      style,
    );
  }
  canvas.y += 6;
}

function drawItem(canvas: Canvas, mark: string, text: Of<'numberedList'>['items'][number], checked?: boolean): void {
  const width = canvas.right - canvas.left;
  const hang = canvas.size * 2;
  const side = canvas.size * 0.75;
  const draw = (x: number, baseline: number) => {
    if (checked === undefined) return;
    canvas.box(x, baseline - side, side, side, 'S');
    if (!checked) return;
    const y = canvas.height - baseline;
    canvas.put(
      `1.2 w ${nums(x + side * 0.18, y + side * 0.5)} m ${nums(x + side * 0.42, y + side * 0.2)} l ${nums(x + side * 0.85, y + side * 0.85)} l S`,
    );
  };
  const style: RowStyle = { widths: [hang, width - hang], border: false, padding: 1 };
  drawRow(
    canvas,
    [
      { text: mark, align: 'left', draw },
      { text, align: 'justify' },
    ],
    style,
  );
}
