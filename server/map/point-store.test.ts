import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PointStore } from './point-store.ts';
import { cellsAcross, pinZoom, worldPoint } from './rules.ts';

const today = '2026-03-01';
const yesterday = '2026-02-28';

interface Point {
  latitude: number;
  longitude: number;
  kind: string;
  name: string;
  closedOn: string | null;
}

// close together, so that cells hold several; some stay, some are gone already, some have still to go
const point = fc.record<Point>({
  latitude: fc.double({ min: 8.5, max: 23.4, noNaN: true }),
  longitude: fc.double({ min: 102.1, max: 117.9, noNaN: true }),
  kind: fc.constantFrom('hospital', 'pharmacy'),
  name: fc.constant('Cơ sở'),
  closedOn: fc.option(fc.constantFrom('2026-02-28', today, '2026-03-02'), { freq: 3 }),
});
const change = fc.record({ id: fc.integer({ min: 0, max: 40 }).map(String), point: fc.option(point, { freq: 8 }) });

/** Each facility looked at by itself: how many a cell of a tile holds, or who stands there alone. */
function counted(points: Map<string, Point>, z: number, x: number, y: number, kind?: string): Record<string, string[]> {
  const cells: Record<string, string[]> = {};
  for (const [id, { latitude, longitude, closedOn, kind: own }] of points) {
    if ((kind && own !== kind) || (closedOn !== null && closedOn <= today)) continue;
    const world = worldPoint(latitude, longitude)!;
    const [left, top] = [world.x * 2 ** z - x, world.y * 2 ** z - y];
    if (left < 0 || left >= 1 || top < 0 || top >= 1) continue;
    const cell = z >= pinZoom ? id : `${Math.floor(left * cellsAcross)} ${Math.floor(top * cellsAcross)}`;
    cells[cell] = [...(cells[cell] ?? []), id];
  }
  return cells;
}

test('at every zoom, after any changes, a tile shows whom it would show if each was looked at alone', () => {
  const zooms = fc.integer({ min: 0, max: pinZoom });
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 120 }),
      zooms,
      fc.constantFrom(undefined, 'hospital'),
      (changes, z, kind) => {
        const store = new PointStore();
        const left = new Map<string, Point>();
        for (const { id, point: where } of changes) {
          store.put(id, where && { id, ...where }, yesterday);
          if (where) left.set(id, where);
          else left.delete(id);
        }
        const [some] = left.values();
        if (!some) return;
        const world = worldPoint(some.latitude, some.longitude)!;
        const [x, y] = [Math.floor(world.x * 2 ** z), Math.floor(world.y * 2 ** z)];
        const expected = Object.values(counted(left, z, x, y, kind));
        const { cells, pins } = store.tile({ z, x, y }, today, kind);
        expect(pins.map(({ id }) => id)).toEqual(expected.flatMap((ids) => (ids.length === 1 ? ids : [])).sort());
        expect(cells.map(({ count }) => count).sort()).toEqual(
          expected.flatMap(({ length }) => (length > 1 ? [length] : [])).sort(),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('the count of a cell stands in the middle of its facilities, and moving one away and back changes nothing', () => {
  const store = new PointStore();
  const at = (latitude: number, longitude: number) => ({
    id: '',
    latitude,
    longitude,
    kind: 'hospital',
    name: '',
    closedOn: null,
  });
  store.put('a', { ...at(21.02, 105.8), id: 'a' }, today);
  store.put('b', { ...at(21.04, 105.9), id: 'b' }, today);
  const before = store.tile({ z: 5, x: 25, y: 14 }, today);
  const [one, two] = [worldPoint(21.02, 105.8)!, worldPoint(21.04, 105.9)!];
  expect(before.cells).toEqual([
    {
      count: 2,
      x: expect.closeTo(((one.x + two.x) / 2) * 32 - 25, 6),
      y: expect.closeTo(((one.y + two.y) / 2) * 32 - 14, 6),
    },
  ]);
  store.put('b', { ...at(10.8, 106.7), id: 'b' }, today);
  expect(store.tile({ z: 5, x: 25, y: 14 }, today).cells).toEqual([]);
  store.put('b', { ...at(21.04, 105.9), id: 'b' }, today);
  expect(store.tile({ z: 5, x: 25, y: 14 }, today)).toEqual(before);
});
