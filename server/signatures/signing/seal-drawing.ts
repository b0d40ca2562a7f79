import {
  circlePath,
  fillColour,
  num,
  nums,
  outlineText,
  outlineWidth,
  type Rgb,
  strokeColour,
} from '../pdf/operators.ts';

/** A round seal: two rings, a star, the organisation along the upper arc and, when given, the place along the lower one. */
export function sealDrawing(
  organisation: string,
  place: string | undefined,
  cx: number,
  cy: number,
  radius: number,
  colour: Rgb,
): string {
  const band = radius * 0.17;
  const middle = radius * 0.72;
  const parts = [
    `${strokeColour(colour)} ${fillColour(colour)}`,
    `${num(radius * 0.035)} w ${circlePath(cx, cy, radius * 0.97)} S`,
    `${num(radius * 0.018)} w ${circlePath(cx, cy, radius * 0.91)} S`,
    `${num(radius * 0.018)} w ${circlePath(cx, cy, radius * 0.62)} S`,
    star(cx, cy, radius * 0.34),
    arcText(organisation.toUpperCase(), cx, cy, middle, band, place ? Math.PI * 1.2 : Math.PI * 1.6, true),
  ];
  if (place) parts.push(arcText(place.toUpperCase(), cx, cy, middle, band * 0.85, Math.PI * 0.6, false));
  return parts.join('\n');
}

/** Letters set upright along a circle around its top, or readable from below around its bottom; shrunk until the arc holds them. */
function arcText(
  text: string,
  cx: number,
  cy: number,
  radius: number,
  size: number,
  arc: number,
  upper: boolean,
): string {
  const baseline = upper ? radius : radius + size * 0.7;
  let fitted = size;
  while (fitted > 1.5 && outlineWidth('bold', text, fitted) > arc * baseline) fitted -= 0.1;
  const total = outlineWidth('bold', text, fitted);
  return outlineText('bold', text, fitted, (at, width) => {
    const offset = (at + width / 2 - total / 2) / baseline;
    const turn = upper ? -offset : offset;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const side = upper ? 1 : -1;
    return (x, y) => {
      const [u, v] = [x - width / 2, side * baseline + y];
      return [cx + u * cos - v * sin, cy + u * sin + v * cos];
    };
  });
}

function star(cx: number, cy: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, i) => {
    const r = i % 2 === 0 ? radius : radius * 0.382;
    const angle = Math.PI / 2 + (i * Math.PI) / 5;
    return `${nums(cx + r * Math.cos(angle), cy + r * Math.sin(angle))} ${i === 0 ? 'm' : 'l'}`;
  });
  return `${points.join(' ')} h f`;
}
