import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('app/_ui/styles/tokens.css', 'utf8') + readFileSync('app/_ui/styles/media.css', 'utf8');

type Colours = Record<string, string>;

/** The custom properties of the first `:root` after a mark of the style sheet. */
function tokensAfter(mark: string): Colours {
  const from = css.indexOf(mark);
  if (from < 0) throw new Error(`The styles have no ${mark}.`);
  const begin = css.indexOf('{', css.indexOf(':root', from)) + 1;
  const rules = css.slice(begin, css.indexOf('}', begin));
  return Object.fromEntries([...rules.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]));
}

const light = tokensAfter(':root {');
const dark = { ...light, ...tokensAfter('(prefers-color-scheme: dark)') };
const more = tokensAfter('(prefers-contrast: more)');
const sets: Record<string, Colours> = {
  light,
  dark,
  'light with more contrast': { ...light, ...more },
  'dark with more contrast': { ...dark, ...more },
  print: { ...light, ...tokensAfter('@media print') },
};

function colourOf(set: Colours, name: string): string {
  const value = name.startsWith('#') ? name : set[name];
  const other = /^var\(--([\w-]+)\)$/.exec(value ?? '')?.[1];
  if (other) return colourOf(set, other);
  if (!value?.startsWith('#')) throw new Error(`--${name} is no colour: ${value}`);
  return value;
}

/** Relative luminance by WCAG 2.2. */
function luminance(colour: string): number {
  const hex = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio by WCAG 2.2, 1 to 21. */
function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

const grounds = ['paper', 'surface', 'sunken', 'hero', 'brand-tint'];
const statuses = ['ok', 'wait', 'late', 'info'];
const text: [string, string][] = [
  ...['ink', 'ink-2', 'ink-3', 'brand', 'brand-ink'].flatMap((ink) =>
    grounds.map((ground): [string, string] => [ink, ground]),
  ),
  ...statuses.flatMap((status): [string, string][] => [
    [status, `${status}-tint`],
    [status, 'surface'],
    [status, 'paper'],
    ['ink', `${status}-tint`],
    ['ink-2', `${status}-tint`],
    ['brand', `${status}-tint`],
  ]),
  ['on-brand', 'brand'],
  ['on-brand', 'brand-ink'],
  ['surface', 'late'],
  ['rail-ink', 'rail'],
  ['rail-dim', 'rail'],
  ['#ffffff', 'rail'],
  ['#ffffff', 'rail-here'],
];
const shapes: [string, string][] = [
  // edges of inputs and quiet buttons
  ...['paper', 'surface'].map((ground): [string, string] => ['line-strong', ground]),
  // the ring of the focus: dark outside, yellow inside; one of them stands out anywhere
  ...grounds.map((ground): [string, string] => ['ink', ground]),
  ['focus', 'rail'],
  ['focus', 'rail-here'],
  ['ink', 'brand-tint'],
];

describe.each(Object.entries(sets))('the colours of %s', (name, set) => {
  const apart = (pairs: [string, string][], least: number) =>
    pairs
      .map(([a, b]) => ({ pair: `${a} on ${b}`, ratio: contrast(colourOf(set, a), colourOf(set, b)) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ pair, ratio }) => `${pair} ${ratio.toFixed(2)}`);

  test('are readable as text: 4.5 to 1', () => {
    const onScreen =
      name === 'print' ? text.filter((pair) => !pair.some((part) => /rail|on-brand|late$/.test(part))) : text;
    expect(apart(onScreen, 4.5)).toEqual([]);
  });

  test('show edges and the focus: 3 to 1', () => {
    expect(apart(shapes, 3)).toEqual([]);
  });
});

test.each(['light with more contrast', 'dark with more contrast'])('the colours of %s keep 7 to 1 for text', (name) => {
  for (const ground of grounds)
    for (const ink of ['ink', 'ink-2', 'ink-3'])
      expect(
        contrast(colourOf(sets[name]!, ink), colourOf(sets[name]!, ground)),
        `${ink} on ${ground}`,
      ).toBeGreaterThanOrEqual(7);
});

test('black on white is 21 to 1', () => {
  expect(contrast('#000', '#ffffff')).toBeCloseTo(21, 5);
});

test('whoever asks for forced colours gets the system’s, with edges where a fill said it before', () => {
  const forced = css.slice(css.indexOf('(forced-colors: active)'));
  for (const part of ['.button', '.tag', '.card', ':focus-visible']) expect(forced).toContain(part);
});
