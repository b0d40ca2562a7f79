import type postgres from 'postgres';
import type { TableFacts } from './container.ts';

/** A name as SQL takes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const nameOf = ({ schema, name }: { schema: string; name: string }): string =>
  `${quoted(schema)}.${quoted(name)}`;

/** Everything that is ours: the tables of `public`, and the job queue's. What is made from others is not copied. */
export async function tablesIn(sql: postgres.Sql): Promise<TableFacts[]> {
  return await sql<TableFacts[]>`
    select n.nspname as schema, c.relname as name,
      array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      and (n.nspname = 'public' or n.nspname = 'graphile_worker' and c.relname like '\\_private\\_%')
    group by 1, 2 order by 1 desc, 2`;
}

/** Tables whose rows this user would not all see: a backup of them would lack rows without a word. */
export async function hiddenTables(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_roles me on me.rolname = current_user
    where n.nspname in ('public', 'graphile_worker') and c.relkind = 'r' and c.relrowsecurity
      and not me.rolsuper and not me.rolbypassrls
      and (c.relforcerowsecurity or not pg_has_role(c.relowner, 'usage'))
      and (
        not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('*', 'r')
          and pg_get_expr(p.polqual, p.polrelid) = 'true'
          and exists (select 1 from unnest(p.polroles) r where r = 0 or pg_has_role(r, 'usage')))
        or exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive
          and exists (select 1 from unnest(p.polroles) r where r = 0 or pg_has_role(r, 'usage'))))`;
  return rows.map((row) => row.name);
}

/** `[schema, name, last value, whether it was given out]` of every sequence of ours. */
export async function sequencesIn(sql: postgres.Sql): Promise<[string, string, string, boolean][]> {
  const names = await sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname in ('public', 'graphile_worker') order by 1, 2`;
  const values: [string, string, string, boolean][] = [];
  for (const sequence of names) {
    const [row] = await sql.unsafe<{ last_value: string; is_called: boolean }[]>(
      `select last_value::text, is_called from ${nameOf(sequence)}`,
    );
    values.push([sequence.schema, sequence.name, row!.last_value, row!.is_called]);
  }
  return values;
}

/** How many audit rows there are and the digest of the last one, hex. */
export async function auditHead(sql: postgres.Sql): Promise<{ auditRows: number; auditHead: string }> {
  const [row] = await sql<{ rows: number; head: string | null }[]>`
    select count(*)::int as rows,
      (select encode(digest, 'hex') from audit_entries order by id desc limit 1) as head from audit_entries`;
  return { auditRows: row!.rows, auditHead: row!.head ?? '' };
}

/** The last migration of the job queue's own tables, 0 without them. */
export async function workerMigration(sql: postgres.Sql): Promise<number> {
  const [table] = await sql`select to_regclass('graphile_worker.migrations') as name`;
  if (!table?.name) return 0;
  const [row] = await sql<{ id: number }[]>`select coalesce(max(id), 0)::int as id from graphile_worker.migrations`;
  return row!.id;
}
