// Migrations of every kind on a big table while others write to it: no write waits for more than a second. Size: rows.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { applyMigration, readMigrations } from '#db/apply-migrations.ts';
import { connect, type Database } from '#db/client.ts';
import { appRole } from '#db/embedded/index.ts';
import { drill } from '../ops/drill.ts';
import { say } from '../ops/report.ts';
import { scratchServer } from '../ops/scratch-server.ts';

/** A release: a column, its values, a rule, a reference and an index, each in the way docs/decisions/0008 asks for. */
const release: [name: string, text: string][] = [
  [
    'column',
    // the version before does not know the column: what it adds from now on gets the default, the rest is filled
    `alter table big add column ward text, add column weight int not null default 0;
alter table big alter column ward set default 'w'`,
  ],
  [
    'fill',
    `-- runs in batches
update big set ward = 'w' || (id % 100) where id in (select id from big where ward is null order by id limit 2000)`,
  ],
  ['rule', 'alter table big add constraint big_ward_set check (ward is not null) not valid'],
  ['reference', 'alter table big add constraint big_place_fk foreign key (place) references places (id) not valid'],
  [
    'checked',
    `-- runs alone
alter table big validate constraint big_ward_set
--> statement-breakpoint
alter table big validate constraint big_place_fk`,
  ],
  [
    'index',
    `-- runs alone
create index concurrently if not exists big_ward_idx on big (ward)
--> statement-breakpoint
create unique index concurrently if not exists big_number_key on big (number)`,
  ],
];

/** The longest acknowledged write beyond this is a finding, ms. */
const longestWrite = 1_000;

interface Writing {
  writes: number;
  longest: number;
  errors: string[];
  stop(): Promise<void>;
}

/** Eight clients insert and change rows as the version before the migration does. */
function write(db: Database, rows: number): Writing {
  const state = { writes: 0, longest: 0, errors: [] as string[], running: true };
  const client = async (ordinal: number): Promise<void> => {
    for (let i = 0; state.running; i++) {
      const began = performance.now();
      const id = rows + 1 + ordinal + i * 8;
      const statement =
        i % 2 === 0
          ? sql`insert into big (id, number, place) values (${id}, ${`n${id}`}, ${id % 10})`
          : sql`update big set changed = changed + 1 where id = ${1 + ((i * 7919 + ordinal) % rows)}`;
      await db.execute(statement).catch((error: Error) => state.errors.push(String(error.cause ?? error)));
      state.writes += 1;
      state.longest = Math.max(state.longest, performance.now() - began);
      await sleep(5);
    }
  };
  const clients = Array.from({ length: 8 }, (_, ordinal) => client(ordinal));
  return Object.assign(state, {
    stop: async () => {
      state.running = false;
      await Promise.all(clients);
    },
  });
}

await drill('migration', 300_000, async (report) => {
  const server = await scratchServer();
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-migration-'));
  const owner = connect(server.database.ownerUrl, { max: 2 });
  const app = connect(server.database.url, { max: 10 });
  try {
    await owner.execute(sql`set statement_timeout = 0`);
    await owner.execute(sql`create table places as select i as id from generate_series(0, 9) i`);
    await owner.execute(sql`alter table places add primary key (id)`);
    await owner.execute(
      sql`create table big (id bigint primary key, number text not null, place int, changed int not null default 0)`,
    );
    for (let from = 1; from <= report.size; from += 50_000) {
      const to = Math.min(from + 49_999, report.size);
      await owner.execute(
        sql`insert into big select i, 'n' || i, i % 10 from generate_series(${from}::bigint, ${to}::bigint) i`,
      );
    }
    await owner.$client.unsafe(`grant all on big, places to ${appRole}`);
    mkdirSync(join(folder, 'meta'));
    for (const [name, text] of release) writeFileSync(join(folder, `${name}.sql`), text);
    const entries = release.map(([tag], index) => ({ tag, when: 9_000_000_000_000 + index }));
    writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }));
    const writing = write(app, report.size);
    // somebody who reads for long, in whose way the new column stands, and in whose shadow others could queue
    const reading = app.transaction(async (tx) => {
      await tx.execute(sql`select count(*) from big`);
      await sleep(4_000);
    });
    await sleep(200);
    for (const migration of readMigrations(folder)) {
      const began = Date.now();
      writing.longest = 0;
      await applyMigration(owner.$client, migration);
      say(`  … ${migration.name}: ${Date.now() - began} ms, longest write ${Math.round(writing.longest)} ms`);
      report.did(`${migration.name} (${migration.kind}): longest write, ms`, Math.round(writing.longest));
      if (writing.longest > longestWrite)
        report.found(`During "${migration.name}" a write took ${Math.round(writing.longest)} ms.`);
    }
    await reading;
    await writing.stop();
    report.did('rows', report.size);
    report.did('writes', writing.writes);
    for (const error of writing.errors.slice(0, 5)) report.found(error);
    const [row] = await owner.execute<{ missing: number; invalid: number }>(sql`select
      (select count(*)::int from big where ward is null and id <= ${report.size}) as missing,
      (select count(*)::int from pg_index where not indisvalid) as invalid`);
    if (row?.missing !== 0 || row.invalid !== 0) report.found(`Unfinished: ${JSON.stringify(row)}`);
  } finally {
    await owner.$client.end({ timeout: 2 });
    await app.$client.end({ timeout: 2 });
    rmSync(folder, { recursive: true });
    await server.remove();
  }
});
