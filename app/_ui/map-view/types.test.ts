import { expect, test } from 'vitest';
import { boundsOf, lookOf, type MapScene, wholeCountry } from './types.ts';

const scene = (more: Partial<MapScene>): MapScene => ({
  items: [],
  selected: null,
  origin: null,
  tiles: '',
  dots: null,
  bounds: null,
  ...more,
});
const item = (id: string, longitude: number, latitude: number) => ({ id, name: id, number: 1, longitude, latitude });
const [hanoi, hue] = [item('a', 105.85, 21.03), item('b', 107.59, 16.46)];

test('looks at the facilities of the list, at the circle that was searched, else at the whole country', () => {
  expect(boundsOf(scene({ items: [hanoi, hue] }))).toEqual([105.85, 16.46, 107.59, 21.03]);
  expect(boundsOf(scene({}))).toEqual(wholeCountry);
  const [west, south, east, north] = boundsOf(
    scene({ origin: { latitude: 21, longitude: 105, radiusKm: 10, mine: false }, items: [hue] }),
  );
  expect(east - west).toBeCloseTo(0.193, 2);
  expect(north - south).toBeCloseTo(0.18, 2);
});

test('goes there again when the list is another, and stays where it was moved while the list is the same', () => {
  const all = { bounds: wholeCountry };
  const before = lookOf(scene({ ...all, items: [hanoi] }));
  expect(lookOf(scene({ ...all, items: [hue] }))).not.toBe(before);
  expect(lookOf(scene({ ...all, items: [hanoi], selected: hanoi }))).toBe(before);
});

test('the whole country holds Hoàng Sa and Trường Sa', () => {
  const [west, south, east, north] = wholeCountry;
  for (const [longitude, latitude] of [
    [112, 16.5],
    [113.9, 8.6],
    [105.3, 23.4],
  ] as const)
    expect(west < longitude && longitude < east && south < latitude && latitude < north).toBe(true);
});
