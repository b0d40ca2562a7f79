import postgres from 'postgres';
import { localUrl } from '#db/embedded/index.ts';
import { ownerRole } from '#db/embedded/roles.ts';
import { readState } from '#db/embedded/state.ts';

/**
 * Lets so much time pass, in the database of the instance under test, since somebody last gave the second factor that
 * it no longer counts for decisions, however long that instance lets it.
 */
export async function letTimePass(email: string): Promise<void> {
  const state = await readState(process.env.DATA_DIR ?? '.data');
  if (!state) throw new Error('The instance has no embedded database: DATA_DIR names no folder of one.');
  const sql = postgres(localUrl(ownerRole, state.passwords.owner, state.port, 'mot_cua'), { max: 1 });
  try {
    await sql`
      update sessions set second_factor_at = second_factor_at - interval '121 minutes'
      where user_id = (select id from users where email = ${email}) and revoked_at is null`;
  } finally {
    await sql.end();
  }
}
