import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { facilities } from '#db/schema/facilities.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymous, newContext } from '#server/platform/index.ts';
import { searchFacilities } from '../index.ts';
import type { SearchFacilities } from '../inputs.ts';
import { clusterFacilities } from '../points.ts';
import { insertAuthority, insertFacility, insertPlaces, noon, standingAt } from '../testing.ts';

const find = async (db: Database, input: SearchFacilities) => {
  const ctx = newContext(db, anonymous, () => noon);
  const { items, total, forgiving } = await searchFacilities(ctx, input);
  return { names: items.map(({ name }) => name), total, forgiving };
};

async function register(db: Database, names: string[]): Promise<void> {
  const authority = await insertAuthority(db);
  await insertPlaces(db);
  for (const name of names) await insertFacility(db, authority.id, { name });
}

const words = async (db: Database): Promise<string[]> =>
  (await db.execute<{ word: string }>(sql`select word from facility_words`)).map(({ word }) => word);

describe('a search with typing errors', () => {
  const names = [
    'Nhà thuốc Long Châu',
    'Nhà thuốc Minh Châu',
    'Nhà thuốc An Khang',
    'Phòng khám Long An',
    'Bệnh viện Bạch Mai',
  ];

  test('takes the words that are right as they are, and of the others those they are likely meant for', async ({
    db,
  }) => {
    await register(db, names);
    const only = (name: string) => ({ names: [name], total: 1, forgiving: true });
    expect(await find(db, { q: 'nha thuoc lonh chau' })).toEqual(only('Nhà thuốc Long Châu'));
    expect(await find(db, { q: 'lognchau' })).toMatchObject({ total: 0 });
    expect(await find(db, { q: 'logn chau' })).toEqual(only('Nhà thuốc Long Châu'));
    expect(await find(db, { q: 'long chau nah' })).toEqual(only('Nhà thuốc Long Châu'));
    expect(await find(db, { q: 'phogn kahm' })).toEqual(only('Phòng khám Long An'));
    expect(await find(db, { q: 'benhvienbachmai' })).toEqual(only('Bệnh viện Bạch Mai'));
    expect(await find(db, { q: 'bach mai 24h' })).toEqual(only('Bệnh viện Bạch Mai'));
  });

  test('takes a word that is right for another when no entry has all', async ({ db }) => {
    await register(db, [...names, 'Quầy thuốc Lòng Tin']);
    // no entry has `tinh`, and the one it is meant for has `long` too
    expect(await find(db, { q: 'quay thuoc long tinh' })).toMatchObject({ names: ['Quầy thuốc Lòng Tin'] });
    // each word is one of the register, but none has all three
    expect((await find(db, { q: 'bach chau mai' })).names[0]).toBe('Bệnh viện Bạch Mai');
    expect((await find(db, { q: 'phong kham minh an' })).names[0]).toBe('Phòng khám Long An');
  });

  test('counts what it lists, in pages and with the other criteria', async ({ db }) => {
    await register(
      db,
      Array.from({ length: 23 }, (_, i) => `Nhà thuốc Cùng Tên ${i % 3}`),
    );
    const all = await find(db, { q: 'cung tenn', pageSize: 100 });
    expect(all).toMatchObject({ total: 23, forgiving: true });
    const pages = [1, 2, 3, 4].map((page) => find(db, { q: 'cung tenn', page, pageSize: 7 }));
    expect((await Promise.all(pages)).flatMap((page) => page.names)).toEqual(all.names);
    expect(await find(db, { q: 'cung tenn', kind: 'hospital' })).toMatchObject({ total: 0 });
  });

  test('shows on the map what it lists', async ({ db }) => {
    const authority = await insertAuthority(db);
    const at = { latitude: 21.0012, longitude: 105.8402 };
    for (const name of names) await insertFacility(db, authority.id, { name, ...standingAt(at) });
    const grid = { tile: { z: 0, x: 0, y: 0 }, cellsAcross: 16, single: false };
    for (const q of ['nha thuoc lonh chau', 'bach chau mai', 'zzzz', 'nha thuoc chaux 123456']) {
      const { total } = await find(db, { q });
      const { cells, pins } = await clusterFacilities(db, { q }, grid, noon);
      expect(
        cells.reduce((sum, { count }) => sum + count, pins.length),
        q,
      ).toBe(total);
    }
  });

  test('reads signs that mean something in a pattern as nothing', async ({ db }) => {
    await register(db, names);
    expect(await find(db, { q: "lon% ch_u '" })).toMatchObject({ total: 1 });
  });
});

describe('the words of the register', () => {
  test('hold each word of a new or changed entry, numbers left out', async ({ db }) => {
    await register(db, ['Nhà thuốc Long Châu', 'Nhà thuốc Số 12']);
    const before = await words(db);
    expect(before).toEqual(expect.arrayContaining(['nha', 'thuoc', 'long', 'chau', 'so']));
    expect(before.some((word) => /[0-9]/.test(word))).toBe(false);
    expect(new Set(before).size).toBe(before.length);
    await db.update(facilities).set({ searchText: 'quay thuoc moi 7' }).where(eq(facilities.name, 'Nhà thuốc Số 12'));
    const after = await words(db);
    expect(after.filter((word) => !before.includes(word)).sort()).toEqual(['moi', 'quay']);
  });
});
