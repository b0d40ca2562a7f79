import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { testDatabase as test } from './testing/index.ts';

/** A web server in the middle of a long statement, as far as Postgres can tell. */
const program = `
  import { sql } from 'drizzle-orm';
  import { connect } from '#db/client.ts';
  const db = connect(process.env.DATABASE_URL, { max: 3, applicationName: 'orphan' });
  await Promise.all([1, 2, 3].map(() => db.execute(sql\`select pg_sleep(600)\`)));
`;

test('what a killed process was asking ends by itself', async ({ own }) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, DATABASE_URL: own.url },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const asking = async () =>
    (
      await own.db.execute(
        sql`select 1 from pg_stat_activity where application_name = 'orphan' and state = 'active' and datname = current_database()`,
      )
    ).length;
  await vi.waitFor(async () => expect(await asking()).toBe(3), { timeout: 20_000, interval: 50 });
  child.kill('SIGKILL');
  await once(child, 'exit');
  // the server asks every second whether anybody is still there
  await vi.waitFor(async () => expect(await asking()).toBe(0), { timeout: 10_000, interval: 50 });
});
