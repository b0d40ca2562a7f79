// Web servers, worker and Postgres are killed at random under load; afterwards every acknowledged fact is there, once.
import { brokenInvariants } from '#server/dossiers/testing/invariants.ts';
import { drill } from '../ops/drill.ts';
import { say } from '../ops/report.ts';
import { type Done, file, pay, receive } from './load/acts.ts';
import { completeDraft, copyDrafts, enterApplicants, official, signInAll } from './load/applicants.ts';
import { chaos } from './load/chaos.ts';
import { lost } from './load/lost.ts';
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
