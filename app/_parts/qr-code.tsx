import { create } from 'qrcode';

/** Cells of white around the code, as ISO/IEC 18004 asks. */
const margin = 4;

/** A QR code of `size` pixels as one SVG path, always dark on white so that a scanner reads it in every colour scheme. */
export function QrCode({ text, label, size }: { text: string; label: string; size: number }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + 2 * margin;
  return (
    <svg
      viewBox={`0 0 ${side} ${side}`}
      width={size}
      height={size}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={`M0 0h${side}v${side}H0z`} fill="#fff" />
      <path d={pathOf(modules)} fill="#000" />
    </svg>
  );
}

/** One rectangle for each run of dark cells in a row. */
function pathOf({ size, data }: { size: number; data: ArrayLike<number> }): string {
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; ) {
      let end = column;
      while (end < size && data[row * size + end]) end++;
      if (end > column) path += `M${column + margin} ${row + margin}h${end - column}v1H${column + margin}z`;
      column = Math.max(end, column + 1);
    }
  }
  return path;
}
