import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import type { Done } from './acts.ts';

/** What the log of those who were answered says, against what the database says. */
export async function lost(db: Database, log: Done[]): Promise<string[]> {
  const rows = await db.execute<{
    id: string;
    code: string | null;
    state: number;
    received: boolean;
    notices: number;
    slips: number;
  }>(sql`
    select d.id, d.code, d.state, d.received_at is not null as received,
      (select count(*)::int from notifications n where n.user_id = d.applicant_user_id and n.href = '/my/dossiers/' || d.id) as notices,
      (select count(*)::int from slips s where s.dossier_id = d.id and s.file_id is not null) as slips
    from dossiers d`);
  const found = new Map(rows.map((row) => [row.id, row]));
  return log.flatMap(({ what, dossierId, answer }) => {
    const row = found.get(dossierId);
    if (!row) return [`the dossier ${dossierId} is gone`];
    if (what === 'filed' && answer !== undefined && row.code !== answer)
      return [`the code ${answer} was acknowledged, the database has ${row.code}`];
    if (what !== 'received') return [];
    const faults: string[] = [];
    if (!row.received) faults.push(`the receipt of ${row.code} was acknowledged and is lost`);
    if (row.state !== 4) faults.push(`${row.code} stands in state ${row.state}, not at the officer`);
    if (row.slips !== 1) faults.push(`${row.code} has ${row.slips} printed slips`);
    // filed, paid, received: one each to the one person who acts for the business
    if (row.notices !== 3) faults.push(`${row.code} was announced ${row.notices} times, not 3`);
    return faults;
  });
}
