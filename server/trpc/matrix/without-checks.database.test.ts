import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Database } from '#db/client.ts';
import { type Answer, ask } from './testing/ask.ts';
import { type Column, type Fixture, openFixture } from './testing/cast.ts';
import { rows } from './testing/rows/index.ts';

/**
 * The service's own checks are taken out: every policy allows, every list forgets whose rows it lists. Only a test can
 * do that, by replacing modules; there is no switch in the program. What still protects is the database.
 */
vi.mock('#server/platform/authorise.ts', async (original) => ({
  ...(await original<typeof import('#server/platform/authorise.ts')>()),
  authorise: () => {},
}));
vi.mock('#server/dossiers/records.ts', async (original) => ({
  ...(await original<typeof import('#server/dossiers/records.ts')>()),
  dossiersVisibleTo: () => sql`true`,
  ownDossiersOf: () => sql`true`,
}));
vi.mock('#server/payments/records.ts', async (original) => ({
  ...(await original<typeof import('#server/payments/records.ts')>()),
  intentsPaidBy: () => sql`true`,
}));

/** What the database does not keep apart yet: `users` is an open table (server/trpc/wall/open-tables.ts). */
const withoutWall = ['identity.myOrganisation'];

const outsiders: Column[] = ['anonymous', 'rival', 'citizen', 'hr', 'elsewhere', 'ministry'];
let fixture: Fixture;
let standing: string;

beforeAll(async () => {
  fixture = await openFixture();
  standing = await stateOf(fixture.world.db);
});
afterAll(() => fixture.world.close());

/** A digest of every protected table but the log, which keeps each attempt, and the bytes of files, which never change. */
async function stateOf(db: Database): Promise<string> {
  const [asked] = await db.execute<{ statement: string }>(sql`
    select string_agg(format('select %L as name, count(*) as n, sum(hashtextextended(t::text, 0)) as sum from %I t',
      relname, relname), ' union all ' order by relname) as statement
    from pg_class where relforcerowsecurity and relname not in ('audit_entries', 'file_chunks')`);
  return JSON.stringify(await db.$client.unsafe(asked!.statement));
}

const records = Object.entries(rows).filter(([path, row]) => row.ofBusiness && !withoutWall.includes(path));
const lists = Object.entries(rows).filter(([, row]) => !row.ofBusiness);

function leaks({ value }: Answer): string[] {
  const text = JSON.stringify(value) ?? '';
  return fixture.canaries.filter((canary) => canary !== '' && text.includes(canary));
}

describe('without the checks of the service', () => {
  test('a policy that refuses lets pass, so that this run proves something', async () => {
    const path = 'identity.updateBusiness';
    expect(rows[path]!.expected.partner).toBe('forbidden');
    const partner = await ask(fixture, fixture.actors.partner, path, rows[path]!.input(fixture));
    expect(partner.outcome).toBe('ok');
  });

  test.each(records)('%s of another business gives no row and writes none', async (path, row) => {
    for (const column of outsiders) {
      const answer = await ask(fixture, fixture.actors[column], path, row.input(fixture), async (db) => {
        expect(await stateOf(db), `${column} wrote`).toBe(standing);
      });
      expect(leaks(answer), column).toEqual([]);
    }
  });

  test.each(lists)('%s shows outsiders nothing of the business', async (path, row) => {
    for (const column of outsiders) {
      const answer = await ask(fixture, fixture.actors[column], path, row.input(fixture));
      const expected = row.expected[column] === 'ok' ? leaks(answer).filter(() => !row.public) : leaks(answer);
      expect(expected, column).toEqual([]);
    }
  });
});
