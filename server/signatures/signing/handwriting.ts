import { createHash } from 'node:crypto';
import { num, nums, type Rgb, strokeColour } from '../pdf/operators.ts';

const tall = /[bdđfhklt]/i;
const deep = /[gpqy]/i;

/**
 * A signature in the manner of handwriting, drawn from a name: a large first loop, the letters of the given name as a
 * running line, and a stroke beneath. The same name always gives the same signature; another name another one.
 */
export function handwriting(name: string, width: number, height: number, colour: Rgb, flourish: boolean): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
  const given = (plain.trim().split(/\s+/).at(-1) ?? 'x').slice(0, 7);
  const seed = createHash('sha256').update(name.normalize('NFC')).digest();
  const chance = (i: number) => (seed[i % 32] ?? 0) / 255;
  const base = height * 0.42;
  const step = (width * 0.62) / (given.length + 1);
  const middle = height * 0.22;
  const lean = step * 0.45;
  const ops = [`${strokeColour(colour)} ${num(Math.max(0.7, height / 48))} w 1 J 1 j`];

  // the first letter: one tall loop that runs into the rest
  const x0 = width * 0.08;
  const top = height * (0.86 + 0.1 * chance(0));
  ops.push(`${nums(x0, base + height * 0.2)} m`);
  ops.push(curve(x0 - width * 0.05, top, x0 + width * (0.16 + 0.06 * chance(1)), top, x0 + width * 0.1, base));
  ops.push(
    curve(
      x0 + width * 0.04,
      base - height * 0.28,
      x0 - width * 0.06,
      base - height * 0.02,
      x0 + width * 0.16,
      base + middle * 0.4,
    ),
  );

  let x = x0 + width * 0.16;
  Array.from(given).forEach((letter, i) => {
    const up = tall.test(letter) ? height * (0.4 + 0.12 * chance(i + 2)) : middle * (0.75 + 0.5 * chance(i + 2));
    const down = deep.test(letter) ? height * 0.3 : height * 0.03 * chance(i + 9);
    const wide = step * (0.8 + 0.4 * chance(i + 17));
    ops.push(curve(x + lean, base + up, x + lean + wide * 0.55, base + up, x + wide * 0.45, base - down));
    ops.push(
      curve(x + wide * 0.4, base - down * 1.15, x + wide * 0.8, base - down * 0.4, x + wide, base + middle * 0.3),
    );
    x += wide;
  });
  ops.push(
    curve(
      x + step * 0.4,
      base + middle,
      x + width * 0.08,
      base + middle * 0.5,
      Math.min(width * 0.97, x + width * 0.14),
      base + middle * 0.8,
    ),
    'S',
  );
  if (flourish) {
    const y = height * (0.14 + 0.05 * chance(30));
    ops.push(`${nums(width * 0.9, y + height * 0.1)} m`);
    ops.push(curve(width * 0.6, y - height * 0.06, width * 0.3, y - height * 0.02, width * 0.12, y + height * 0.03));
    ops.push(
      curve(
        width * 0.3,
        y + height * 0.12,
        width * 0.55,
        y + height * 0.06,
        width * (0.75 + 0.15 * chance(31)),
        y - height * 0.04,
      ),
      'S',
    );
  }
  return ops.join('\n');
}

const curve = (...points: [number, number, number, number, number, number]): string => `${nums(...points)} c`;
