import { fieldNames, type SignaturesBlock, type Signer } from '../layout/document-layout.ts';
import { MM } from '../pdf/operators.ts';
import { drawNotes, drawQr, notesHeight, qrHeight } from './beside.ts';
import type { Canvas } from './canvas.ts';

/** Millimetres. The seal is of real size and covers a third of the leader's signature from the left (Decree 30/2020, annex I). */
const sizes = {
  A4: { leader: [50, 22], seal: 34, sealText: 31, initial: [22, 7] },
  A5: { leader: [36, 18], seal: 26, sealText: 24, initial: [16, 6] },
} as const;

/** Title, room for the signatures and name, kept together on one page; prepared signature fields lie in that room only. */
export function drawSignatures(canvas: Canvas, block: SignaturesBlock): void {
  const width = canvas.right - canvas.left;
  const alone = block.signers.length === 1;
  const column = alone ? width * 0.5 : width / block.signers.length;
  const bodies = block.signers.map((signer) => measureSigner(canvas, signer, column));
  const sealed = block.signers.some((signer) => signer.fields.includes('seal'));
  const size = sizes[canvas.layout.page];
  // the seal reaches to the left of its signer's column: notes beside it stay clear of it
  const leftWidth = alone ? width - column - (sealed ? Math.max(0, sealReach(size) - column / 2) + 2 * MM : 4 * MM) : 0;
  const leftHeight = block.left.reduce(
    (sum, part) => sum + (part.kind === 'notes' ? notesHeight(canvas, part, leftWidth) : qrHeight(canvas, part)),
    0,
  );
  const titleHeight = Math.max(...bodies.map((body) => body.title));
  // nobody signs into a sheet without prepared fields: title and name stand closer, and stay on the page they belong to
  const signed = block.signers.some((signer) => signer.fields.length > 0);
  const gap = (sealed ? size.seal + 4 : signed ? size.leader[1] + 2 : size.leader[1] * 0.6) * MM;
  const nameHeight = Math.max(...bodies.map((body) => body.name));
  canvas.need(Math.max(titleHeight + gap + nameHeight, leftHeight) + canvas.leading * 0.5);
  canvas.y += canvas.leading * 0.5;

  const start = canvas.y;
  const sheet = canvas.sheets.length;
  block.signers.forEach((signer, i) => {
    const x = alone ? canvas.right - column : canvas.left + i * column;
    drawSigner(canvas, signer, x, column, start, titleHeight, gap);
  });
  canvas.y = start;
  for (const part of block.left) {
    if (part.kind === 'notes') drawNotes(canvas, part, canvas.left, leftWidth);
    else drawQr(canvas, part, canvas.left, leftWidth);
  }
  if (canvas.sheets.length === sheet) canvas.y = Math.max(canvas.y, start + titleHeight + gap + nameHeight);
}

type Sizes = (typeof sizes)[keyof typeof sizes];
/** From the centre of the leader's signature to the left edge of the seal's text. */
const sealReach = (size: Sizes): number => (size.leader[0] / 2 - size.leader[0] / 3 + size.seal + size.sealText) * MM;

function measureSigner(canvas: Canvas, signer: Signer, column: number) {
  const title = signer.title.flatMap((line) => canvas.flow(line, { width: column, bold: true })).length;
  const hint = signer.hint ? canvas.flow(signer.hint, { width: column, italic: true }).length : 0;
  const name = canvas.flow(signer.name, { width: column, bold: true }).length;
  return { title: (title + hint) * canvas.leading, name: (name + 0.4) * canvas.leading };
}

function drawSigner(
  canvas: Canvas,
  signer: Signer,
  x: number,
  column: number,
  start: number,
  title: number,
  gap: number,
): void {
  const { leading } = canvas;
  const size = sizes[canvas.layout.page];
  let baseline = start + leading * 0.8;
  const lines = (value: string, face: { bold?: boolean; italic?: boolean }) => {
    for (const line of canvas.flow(value, { width: column, ...face })) {
      canvas.line(line, x, column, baseline, 'center');
      baseline += leading;
    }
  };
  for (const line of signer.title) lines(line, { bold: true });
  if (signer.hint) lines(signer.hint, { italic: true });

  const centre = x + column / 2;
  const middle = start + title + gap / 2;
  const place = (name: string, left: number, top: number, w: number, h: number) =>
    canvas.field({ name, kind: 'signature', style: 'regular', size: canvas.size, align: 'left' }, left, top, w, h);
  const leader = { w: size.leader[0] * MM, h: size.leader[1] * MM };
  const leaderLeft = centre - leader.w / 2;
  if (signer.fields.includes('leader')) place(fieldNames.leader, leaderLeft, middle - leader.h / 2, leader.w, leader.h);
  if (signer.fields.includes('seal')) {
    const seal = size.seal * MM;
    const w = seal + size.sealText * MM;
    place(fieldNames.seal, leaderLeft + leader.w / 3 - w, middle - seal / 2, w, seal);
  }
  if (signer.fields.includes('initial')) {
    // left of the title, above the room of the seal: the official who answers for the draft
    const [w, h] = [size.initial[0] * MM, size.initial[1] * MM];
    place(fieldNames.initial, x - w, start, w, h);
  }
  baseline = start + title + gap + leading * 0.8;
  lines(signer.name, { bold: true });
}
