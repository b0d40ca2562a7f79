import postgres from 'postgres';
import { localUrl } from '#db/embedded/index.ts';
import { ownerRole } from '#db/embedded/roles.ts';
import { readState } from '#db/embedded/state.ts';

/**
 * Lets time pass for the sessions of somebody, in the database of the instance under test: what happened in them lies
 * so many minutes further back.
 */
export async function letTimePass(email: string, minutes: number): Promise<void> {
  const state = await readState(process.env.DATA_DIR ?? '.data');
  if (!state) throw new Error('The instance has no embedded database: DATA_DIR names no folder of one.');
  const sql = postgres(localUrl(ownerRole, state.passwords.owner, state.port, 'mot_cua'), { max: 1 });
  try {
    await sql`
      update sessions set second_factor_at = second_factor_at - make_interval(mins => ${minutes}),
        last_seen_at = last_seen_at - make_interval(mins => ${minutes})
      where user_id = (select id from users where email = ${email}) and revoked_at is null`;
  } finally {
    await sql.end();
  }
}
