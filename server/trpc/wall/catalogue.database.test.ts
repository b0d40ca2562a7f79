import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTables } from './open-tables.ts';
import { type TwoBusinesses, twoBusinesses } from './testing/two-businesses.ts';

let rows: TwoBusinesses;
beforeAll(async () => {
  rows = await twoBusinesses();
});
afterAll(() => rows.close());

interface Table extends Record<string, unknown> {
  name: string;
  enabled: boolean;
  forced: boolean;
  owner: string;
}

const tables = () =>
  rows.own.ownerDb.execute<Table>(sql`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, pg_get_userbyid(c.relowner) as owner
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`);

describe('the catalogue of the database', () => {
  test('has every table behind the wall with FORCE, or named in open-tables.ts with a reason', async () => {
    const found = await tables();
    const unprotected = found.filter((table) => !table.enabled || !table.forced).map((table) => table.name);
    const undecided = unprotected.filter((name) => openTables[name] === undefined);
    expect(undecided, 'protect these tables (docs/decisions/0007) or name them in open-tables.ts').toEqual([]);
    const stale = Object.keys(openTables).filter((name) => !unprotected.includes(name));
    expect(stale, 'these are protected or gone: take them out of open-tables.ts').toEqual([]);
    expect(found.length - unprotected.length).toBeGreaterThan(25);
  });

  test('gives the role of the application no ownership and no way around', async () => {
    const [role] = await rows.pool.execute<{ name: string; super: boolean; bypass: boolean; inherited: number }>(sql`
      select rolname as name, rolsuper as super, rolbypassrls as bypass,
        (select count(*)::int from pg_auth_members m where m.member = r.oid) as inherited
      from pg_roles r where rolname = current_user`);
    expect(role).toMatchObject({ super: false, bypass: false, inherited: 0 });
    const [owned] = await rows.pool.execute<{ n: number }>(
      sql`select count(*)::int as n from pg_class where relowner = (select oid from pg_roles where rolname = current_user)`,
    );
    expect(owned!.n).toBe(0);
    for (const table of await tables()) expect(table.owner).not.toBe(role!.name);
  });

  /** Asked before anybody is known: everybody may read them, and only those named in their policies write them. */
  const readByAll = ['grants', 'memberships', 'organisations'];

  test('lets the owner see all rows and a stranger who says nothing none', async () => {
    const silent = rows.pool.$client;
    for (const name of readByAll)
      await expect(silent`insert into ${silent(name)} select * from ${silent(name)}`).rejects.toThrow();
    for (const { name } of (await tables()).filter((table) => table.forced && !readByAll.includes(table.name)))
      expect([...(await silent`select 1 from ${silent(name)} limit 1`)], name).toEqual([]);
    const [seen] = await rows.own.ownerDb.execute<{ n: number }>(sql`select count(*)::int as n from dossiers`);
    expect(seen!.n).toBe(4);
  });

  test('runs the functions that look behind the wall as the owner, with a search path of their own', async () => {
    const functions = await rows.own.ownerDb.execute<{ name: string; config: string[] | null; owner: string }>(sql`
      select proname as name, proconfig as config, pg_get_userbyid(proowner) as owner from pg_proc
      where prosecdef and pronamespace = 'public'::regnamespace`);
    expect(functions.map((each) => each.name)).toEqual(expect.arrayContaining(['wall_businesses', 'wall_authorities']));
    for (const each of functions) expect(each.config?.join(), each.name).toContain('search_path=');
  });
});
