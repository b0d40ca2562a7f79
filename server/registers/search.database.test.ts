import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { type Found, holding, inAlphabet, orderedPage, rankByFirstWord, rankedPage, type Search } from './search.ts';

interface Row {
  id: string;
  name: string;
  place: number;
}

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Rows that stand nowhere but in the statement, the odd places left out. */
function searchOf(rows: readonly Row[]): Search {
  const from = sql`from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(id uuid, name text, place int)`;
  return { from, id: sql`r.id`, conditions: [sql`r.place % 2 = 0`], order: [sql`r.place`, inAlphabet(sql`r.name`)] };
}

async function allPages(page: (n: number) => Promise<Found>, pages: number): Promise<Found['rows']> {
  const found: Found['rows'] = [];
  for (let n = 1; n <= pages; n += 1) found.push(...(await page(n)).rows);
  return found;
}

const names = ['An', 'Ánh', 'Ân', 'Dũng', 'Đông', 'Em', 'Êban', 'Ở'];
const rows = fc
  .array(fc.record({ name: fc.constantFrom(...names), place: fc.nat(3) }), { maxLength: 12 })
  .map((list) => list.map((row, n): Row => ({ ...row, id: id(n) })));

describe('a page of what a search finds', () => {
  test('is the same part of the whole in order, however it is come by, and the total is the length of the whole', async ({
    db,
  }) => {
    const alphabet = (name: string): number => names.indexOf(name);
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 5 }), async (list, pageSize) => {
        const search = searchOf(list);
        const wanted = list
          .filter(({ place }) => place % 2 === 0)
          .sort((a, b) => a.place - b.place || alphabet(a.name) - alphabet(b.name) || (a.id < b.id ? -1 : 1))
          .map((row) => ({ id: row.id, first: row.place }));
        for (const way of [rankedPage, orderedPage]) {
          expect(await allPages((page) => way(db, search, { page, pageSize }), 13)).toEqual(wanted);
          expect((await way(db, search, { page: 99, pageSize })).total).toBe(wanted.length);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('the words of a search', () => {
  const finds = async (db: Database, text: string, word: string): Promise<boolean> => {
    const [row] = await db.execute<{ found: boolean }>(sql`select ${holding(sql`${text}::text`, word)} as found`);
    return row!.found;
  };

  test('are parts of the text; a long number is found whole, not by its end alone', async ({ db }) => {
    const text = 'nha thuoc 893110012345';
    expect(await finds(db, text, 'huoc')).toBe(true);
    expect(await finds(db, text, 'huocs')).toBe(false);
    expect(await finds(db, text, '893110012345')).toBe(true);
    expect(await finds(db, text, '3110012345')).toBe(true);
    expect(await finds(db, text, '793110012345')).toBe(false);
  });

  test('of one or two characters begin a word', async ({ db }) => {
    const text = 'nha thuoc 7 le loi 89311';
    for (const word of ['n', 'nh', '7', 'le', '89']) expect(await finds(db, text, word), word).toBe(true);
    for (const word of ['h', 'oc', '1', '31', 'oi']) expect(await finds(db, text, word), word).toBe(false);
  });

  test('rank a name with the very marks before one that begins with the word, and both before the rest', async ({
    db,
  }) => {
    const rankOf = async (name: string, searchName: string) => {
      const rank = rankByFirstWord(
        { name: sql`${name}::text`, searchName: sql`${searchName}::text` },
        'duc',
        'ĐỨC minh',
      );
      const [row] = await db.execute<{ rank: number }>(sql`select ${rank} as rank`);
      return row!.rank;
    };
    expect(await rankOf('Thuốc Đức', 'thuoc duc')).toBe(0);
    expect(await rankOf('Dục Anh', 'duc anh')).toBe(1);
    expect(await rankOf('Thuốc Dục', 'thuoc duc')).toBe(2);
    expect(await rankOf('Thuốc', 'thuoc')).toBe(2);
  });
});
