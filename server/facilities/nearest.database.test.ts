import { expect } from 'vitest';
import { facilities } from '#db/schema/facilities.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext } from '#server/identity/testing.ts';
import { newId } from '#server/platform/index.ts';
import { searchFacilities } from './index.ts';

/** The same numbers between 0 and 1 in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** By the formula of the haversine, which the database does not use. */
function kilometres(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const [north, east] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)];
  const h =
    Math.sin(north / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2;
  return 12_742 * Math.asin(Math.sqrt(h));
}

test('the nearest ten of 200 random points are those of a comparison with every facility, of one kind too', async ({
  db,
}) => {
  const next = numbers(1975);
  const place = () => ({ latitude: 8.5 + next() * 14.8, longitude: 102.2 + next() * 7.2 });
  const kinds = ['pharmacy', 'clinic', 'hospital'] as const;
  const all = Array.from({ length: 600 }, (_, index) => ({ id: newId(), kind: kinds[index % 3]!, ...place() }));
  await db.insert(facilities).values(
    all.map((each, index) => ({
      ...each,
      code: `T-${index}`,
      name: `Cơ sở ${index}`,
      searchName: `co so ${index}`,
      searchText: `co so ${index}`,
      ownerName: 'Chủ cơ sở',
      addressLine: '1 Láng',
      provinceCode: '01',
    })),
  );
  const stranger = anonymousContext(db, () => new Date('2026-11-23T09:00:00+07:00'));
  for (let asked = 0; asked < 200; asked++) {
    const near = place();
    const kind = asked % 2 === 0 ? undefined : kinds[asked % 3]!;
    const expected = all
      .filter((each) => !kind || each.kind === kind)
      .map(({ id, ...at }) => ({ id, km: kilometres(near, at) }))
      .sort((a, b) => a.km - b.km)
      .slice(0, 10);
    const { items } = await searchFacilities(stranger, { near, pageSize: 10, ...(kind ? { kind } : {}) });
    expect(items.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(Math.abs(items[9]!.distanceKm! - expected[9]!.km)).toBeLessThan(0.001);
  }
});
