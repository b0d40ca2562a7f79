import postgres from 'postgres';
import { localUrl } from '#db/embedded/index.ts';
import { ownerRole } from '#db/embedded/roles.ts';
import { readState } from '#db/embedded/state.ts';

/** Works as the owner in the database of the instance under test. */
async function inDatabase(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const state = await readState(process.env.DATA_DIR ?? '.data');
  if (!state) throw new Error('The instance has no embedded database: DATA_DIR names no folder of one.');
  const sql = postgres(localUrl(ownerRole, state.passwords.owner, state.port, 'mot_cua'), { max: 1 });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

/**
 * Lets so much time pass, in the database of the instance under test, since somebody last gave the second factor that
 * it no longer counts for decisions, however long that instance lets it.
 */
export const letTimePass = (email: string): Promise<void> =>
  inDatabase(
    (sql) => sql`
      update sessions set second_factor_at = second_factor_at - interval '121 minutes'
      where user_id = (select id from users where email = ${email}) and revoked_at is null`,
  );

/** So many minutes pass for the sessions of one browser without a sign of life. */
export const letIdle = (userAgent: string, minutes: number): Promise<void> =>
  inDatabase(
    (sql) => sql`
      update sessions set last_seen_at = now() - make_interval(mins => ${minutes})
      where user_agent = ${userAgent} and revoked_at is null`,
  );

/** The sessions of one browser end for good in so many minutes. */
export const endIn = (userAgent: string, minutes: number): Promise<void> =>
  inDatabase(
    (sql) => sql`
      update sessions set expires_at = now() + make_interval(mins => ${minutes})
      where user_agent = ${userAgent} and revoked_at is null`,
  );

/** Ends the sessions of one browser, by the name it gives itself, as the end of their time does: it does not know. */
export const endSessions = (userAgent: string): Promise<void> => endIn(userAgent, -1);
