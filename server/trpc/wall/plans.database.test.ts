import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#db/client.ts';
import { as, systemActor } from '#server/platform/index.ts';
import { type TwoBusinesses, twoBusinesses } from './testing/two-businesses.ts';

let rows: TwoBusinesses;
const queue = 10_000;

beforeAll(async () => {
  rows = await twoBusinesses();
  await rows.own.ownerDb.execute(sql`
    insert into dossiers (id, procedure_key, procedure_version_id, applicant_user_id, organisation_id, authority_id, state, code, filed_at, due_at)
    select gen_random_uuid(), d.procedure_key, d.procedure_version_id, d.applicant_user_id, d.organisation_id,
      case when n <= ${queue} then d.authority_id else other.authority_id end, 2, 'wall-' || n, now(), now() + n * interval '1 minute'
    from dossiers d, dossiers other, generate_series(1, ${4 * queue}) n
    where d.id = ${rows.left.dossierIds[0]} and other.id = ${rows.right.dossierIds[0]}`);
  await rows.own.ownerDb.execute(sql`
    insert into process_definitions (id, key, version, content_hash, xml, proof, valid_from)
    values (gen_random_uuid(), 'wall', 1, '', '', '{}', now())`);
  await rows.own.ownerDb.execute(sql`
    insert into process_instances (id, definition_id, process_id, business_key, state, revision, status, started_at)
    select d.id, p.id, 'p', d.id, '{}', 1, 'active', now() from dossiers d, process_definitions p`);
  await rows.own.ownerDb.execute(sql`
    insert into tasks (id, instance_id, business_key, node, token, kind, name, status, created_at, due_at)
    select gen_random_uuid(), d.id, d.id, 'receive', 1, 'user', 'x', 'open', now(), d.due_at from dossiers d`);
  await rows.own.ownerDb.execute(sql`analyze`);
}, 120_000);
afterAll(() => rows.close());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Parent Relationship'?: string;
  'Function Name'?: string;
  'Actual Loops': number;
  'Actual Rows': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}

const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

async function planOf(db: Database, statement: ReturnType<typeof sql>): Promise<Plan> {
  const [row] = await db.execute<Record<string, [{ Plan: Plan }]>>(
    sql`explain (analyze, buffers, timing off, format json) ${statement}`,
  );
  return Object.values(row!)[0]![0].Plan;
}
const blocks = (plan: Plan) => plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
const authority = () => sql`(select authority_id from dossiers where id = ${rows.left.dossierIds[0]})`;

const statements = {
  'one dossier by id': () => sql`select * from dossiers where id = ${rows.left.dossierIds[0]}`,
  'a page of the queue': () => sql`
    select * from dossiers where authority_id = any (array[${authority()}]) and state > 0 order by due_at limit 20`,
  'the count of the queue': () => sql`
    select count(*) from tasks t join dossiers d on d.id = t.business_key
    where t.status = 'open' and d.authority_id = any (array[${authority()}]) and d.state > 0`,
};

describe('reading behind the wall', () => {
  test.each(Object.entries(statements))('finds %s by index and looks up the rights once', async (_name, statement) => {
    const ctx = rows.as(rows.officialOfLeft);
    const plan = await planOf(ctx.db, statement());
    const nodes = flat(plan);
    for (const node of nodes.filter((each) => each['Parent Relationship'] === 'InitPlan'))
      expect(node['Actual Loops']).toBeLessThanOrEqual(1);
    const open = await planOf(as(ctx, systemActor('test')).db, statement());
    // by index, or at most from one row of the queue to its dossier
    const whole = nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'dossiers');
    expect(whole).toEqual([]);
    // the rights are looked up once, and the functions that do it are planned
    expect(blocks(plan)).toBeLessThan(1.5 * blocks(open) + 400);
    expect(plan['Actual Rows']).toBe(open['Actual Rows']);
  });

  test('knows of each task the authority it belongs to, and follows a dossier to another', async () => {
    const seen = async () => {
      const [row] = await rows
        .as(rows.officialOfLeft)
        .db.execute<{ n: number }>(sql`select count(*)::int as n from tasks`);
      return row!.n;
    };
    const before = await seen();
    expect(before).toBe(queue + 1);
    await rows.own.ownerDb.execute(sql`
      update dossiers set authority_id = (select authority_id from dossiers where id = ${rows.right.dossierIds[0]})
      where code = 'wall-1'`);
    expect(await seen()).toBe(before - 1);
  });
});
