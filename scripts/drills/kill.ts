// Web servers, worker and Postgres are killed at random under load; afterwards every acknowledged fact is there, once.
import { sql } from 'drizzle-orm';
import { brokenInvariants } from '#server/dossiers/testing/invariants.ts';
import { drill } from '../ops/drill.ts';
import { say } from '../ops/report.ts';
import { type Done, file, pay, receive } from './load/acts.ts';
import { completeDraft, copyDrafts, enterApplicants, official, signInAll } from './load/applicants.ts';
import { chaos } from './load/chaos.ts';
import { settled } from './load/quiet.ts';
import { isReady, openService, waitUntil } from './load/service.ts';

/** People working at once. */
const lanes = 8;

await drill('kill', 2000, async (report) => {
  const service = await openService();
  try {
    const applicants = await enterApplicants(service, lanes);
    await signInAll(applicants);
    const oneStop = await official(service, 'one-stop@demo.example');
    const template = await completeDraft(applicants[0]!);
    const drafts = await copyDrafts(service.db, template, applicants, report.size);
    say(`  … ${drafts.length} drafts are ready; the killing begins`);

    const log: Done[] = [];
    const left = [...drafts];
    const lane = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const { id, by } = next;
        log.push(await file(by.person, id));
        log.push(await pay(service, by.person, id));
        log.push(await receive(oneStop, id));
      }
    };
    const storm = chaos(
      service,
      report.seed,
      report.size < 100 ? [500, 2500] : [2000, 9000],
      () => left.length > lanes,
    );
    await Promise.all(Array.from({ length: lanes }, lane));
    const kills = await storm;

    for (const url of service.urls) await waitUntil(() => isReady(url), 60_000, `${url} to be ready again`);
    await settled(service.db);
    for (const [what, count] of Object.entries(kills.counts)) report.did(what, count);
    report.did('longest time without database, as readiness saw it, in ms', kills.slowestRecovery);
    for (const fault of kills.faults) report.found(fault);
    for (const what of ['filed', 'paid', 'received'] as const)
      report.did(`acknowledged as ${what}`, log.filter((one) => one.what === what && one.answer !== undefined).length);
    report.did('acts whose answer was lost and that were sent again', log.filter((one) => one.tries > 1).length);
    for (const fault of log.flatMap((one) => one.fault ?? [])) report.found(fault);
    for (const fault of await lost(service.db, log)) report.found(fault);
    for (const fault of await brokenInvariants(service.db)) report.found(fault);
  } finally {
    await service.close();
  }
});

/** What the log of those who were answered says, against what the database says. */
async function lost(db: Parameters<typeof brokenInvariants>[0], log: Done[]): Promise<string[]> {
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
