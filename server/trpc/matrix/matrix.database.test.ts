import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/index.ts';
import { appRouter } from '../router.ts';
import { type Answer, ask, fieldsOf, type Outcome } from './testing/ask.ts';
import { type Column, columns, type Fixture, openFixture } from './testing/cast.ts';
import { procedures } from './testing/procedures.ts';
import { rows } from './testing/rows/index.ts';

/** `procedure` → names in the answer → who is given exactly these. Written anew with WRITE_FIELDS=1, then reviewed. */
type Fields = Record<string, Record<string, string[]>>;
const fieldsFile = new URL('fields.json', import.meta.url);
const writing = process.env.WRITE_FIELDS === '1';

let fixture: Fixture;
const seen: Fields = {};
const known = (): Fields => (existsSync(fieldsFile) ? (JSON.parse(readFileSync(fieldsFile, 'utf8')) as Fields) : {});

beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(async () => {
  if (writing) writeFileSync(fieldsFile, `${JSON.stringify(seen, null, 2)}\n`);
  await fixture.world.close();
});

const all = procedures(appRouter);

describe('the matrix', () => {
  test('has a row for every procedure and no other', () => {
    const missing = all.map(({ path }) => path).filter((path) => rows[path] === undefined);
    expect(missing, 'add these to server/trpc/matrix/testing/rows: an input and who is answered how').toEqual([]);
    expect(Object.keys(rows).filter((path) => !all.some((each) => each.path === path))).toEqual([]);
  });

  test.each(Object.entries(rows))('answers %s as it should, to everybody', async (path, row) => {
    const answers = new Map<Column, Answer>();
    for (const column of columns)
      answers.set(column, await ask(fixture, fixture.actors[column], path, row.input(fixture)));
    const outcomes = Object.fromEntries([...answers].map(([column, { outcome }]) => [column, outcome])) as Record<
      Column,
      Outcome
    >;
    const crashed = [...answers].flatMap(([column, { outcome, reason }]) =>
      outcome === 'crash' ? [`${column}: ${reason}`] : [],
    );
    expect(crashed.join('\n')).toBe('');
    const wrong = columns.filter((each) => outcomes[each] !== row.expected[each]);
    const told = wrong.map(
      (each) => `${each}: ${outcomes[each]} (${answers.get(each)!.reason}), expected ${row.expected[each]}`,
    );
    expect(told.join('\n')).toBe('');
    const byFields: Record<string, string[]> = {};
    for (const [column, { outcome, value }] of answers) {
      if (outcome !== 'ok') continue;
      const names = fieldsOf(value).join(' ');
      byFields[names] = [...(byFields[names] ?? []), column];
    }
    seen[path] = byFields;
    if (!writing)
      expect(byFields, 'the names in the answer changed: WRITE_FIELDS=1, and review the difference').toEqual(
        known()[path] ?? {},
      );
  });

  const byId = Object.entries(rows).filter(([, row]) => row.ofBusiness);
  test.each(byId)('tells of %s no more than of an id that does not exist', async (path, row) => {
    const real = row.input(fixture) as Record<string, unknown>;
    const ids = Object.entries(real).filter(([key, value]) => key.endsWith('Id') || (key === 'id' && value !== null));
    const strange = { ...real, ...Object.fromEntries(ids.map(([key]) => [key, newId()])) };
    for (const column of columns.filter((each) => row.expected[each] === 'notFound' || each === 'anonymous')) {
      const asked = await ask(fixture, fixture.actors[column], path, real);
      const guessed = await ask(fixture, fixture.actors[column], path, strange);
      expect(`${column} ${JSON.stringify(asked)}`).toBe(`${column} ${JSON.stringify(guessed)}`);
    }
  });
});
