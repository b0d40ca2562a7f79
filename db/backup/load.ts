import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';
import { auditHead, nameOf, quoted, tablesIn } from './catalogue.ts';
import { BackupError, type End, readBackup, type TableFacts } from './container.ts';

/**
 * Loads every table and sequence of a backup into a database of the same migrations, in one transaction: all of it or
 * nothing. References between tables are taken away and made again, which checks each of them.
 * @throws BackupError when the file does not fit, and with the first fault of the data
 */
export async function loadBackup(sql: postgres.Sql, file: string): Promise<End> {
  return await sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql;
    const present = await tablesIn(tx);
    const putBack = await openUp(tx, present);
    await tx.unsafe(`truncate ${present.map(nameOf).join(', ')}`);
    let end: End | undefined;
    for await (const { header, body } of readBackup(file)) {
      if (header.kind === 'table') await loadTable(tx, header.table, present, body);
      if (header.kind === 'sequences')
        for (const [schema, name, value, called] of header.values)
          await tx`select setval(${nameOf({ schema, name })}::regclass, ${value}::bigint, ${called})`;
      if (header.kind === 'end') end = header;
    }
    await compare(tx, present, end!);
    await forgetTheDead(tx);
    for (const statement of putBack) await tx.unsafe(statement);
    return end!;
  });
}

/**
 * Lets the owner write every row as it was: no trigger, no reference, no hidden row. Returns the statements that put all
 * of it back.
 */
async function openUp(tx: postgres.Sql, tables: TableFacts[]): Promise<string[]> {
  const putBack: string[] = [];
  const ours = tables.map(({ schema, name }) => `${schema}.${name}`);
  const references = await tx<{ table: string; name: string; definition: string }[]>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table, r.conname as name,
      pg_get_constraintdef(r.oid) as definition
    from pg_constraint r join pg_class c on c.oid = r.conrelid join pg_namespace n on n.oid = c.relnamespace
    where r.contype = 'f' and n.nspname || '.' || c.relname = any(${ours})`;
  for (const { table, name, definition } of references) {
    await tx.unsafe(`alter table ${table} drop constraint ${quoted(name)}`);
    putBack.push(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
  }
  const triggers = await tx<{ table: string; name: string; verb: string }[]>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table, t.tgname as name,
      case t.tgenabled when 'A' then 'enable always' when 'R' then 'enable replica' else 'enable' end as verb
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and t.tgenabled <> 'D' and n.nspname || '.' || c.relname = any(${ours})`;
  for (const { table, name, verb } of triggers) {
    await tx.unsafe(`alter table ${table} disable trigger ${quoted(name)}`);
    putBack.push(`alter table ${table} ${verb} trigger ${quoted(name)}`);
  }
  const walled = await tx<{ table: string }[]>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relforcerowsecurity and n.nspname || '.' || c.relname = any(${ours})`;
  for (const { table } of walled) {
    await tx.unsafe(`alter table ${table} no force row level security`);
    putBack.push(`alter table ${table} force row level security`);
  }
  return putBack;
}

async function loadTable(
  tx: postgres.Sql,
  table: TableFacts,
  present: TableFacts[],
  body: AsyncIterable<Buffer>,
): Promise<void> {
  const target = present.find(({ schema, name }) => schema === table.schema && name === table.name);
  const unknown = target ? table.columns.filter((column) => !target.columns.includes(column)) : ['the table itself'];
  if (unknown.length > 0) {
    throw new BackupError(
      `The backup has ${table.name} with ${unknown.join(', ')}, which this version does not know: restore it with the version that made it.`,
    );
  }
  const query = tx.unsafe(`copy ${nameOf(table)} (${table.columns.map(quoted).join(', ')}) from stdin`);
  const refused = refusalOf(query);
  const writable = await query.writable();
  await Promise.race([pipeline(body, writable), refused]);
}

/** The driver answers a COPY when it begins: what the server says at its end comes through here. */
function refusalOf(query: object): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  const told = query as { reject: (error: unknown) => void };
  const before = told.reject;
  told.reject = (error) => {
    before(error);
    reject(error);
  };
  return promise;
}

/** Nobody works on the jobs that were being worked on then; whoever was signed in then signs in again. */
async function forgetTheDead(tx: postgres.Sql): Promise<void> {
  await tx`update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null`;
  await tx`update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null`;
  await tx`update sessions set revoked_at = now() where revoked_at is null`;
}

async function compare(tx: postgres.Sql, tables: TableFacts[], end: End): Promise<void> {
  for (const table of tables) {
    const key = `${table.schema}.${table.name}`;
    const [row] = await tx.unsafe<{ count: number }[]>(`select count(*)::int as count from ${nameOf(table)}`);
    if (row!.count !== (end.rows[key] ?? 0)) {
      throw new BackupError(`${key} has ${row!.count} rows after the restore and had ${end.rows[key] ?? 0} before.`);
    }
  }
  const audit = await auditHead(tx);
  if (audit.auditRows !== end.auditRows || audit.auditHead !== end.auditHead)
    throw new BackupError('The audit log after the restore is not the one of the backup.');
}
