// The database is 200 ms away from a web server, and its connections break off now and then: people wait, and nothing is
// lost or done twice.
import { setTimeout as sleep } from 'node:timers/promises';
import { brokenInvariants } from '#server/dossiers/testing/invariants.ts';
import { drill } from '../ops/drill.ts';
import { say } from '../ops/report.ts';
import { type Done, file, insist, pay, receive } from './load/acts.ts';
import { completeDraft, copyDrafts, enterApplicants, official, signInAll } from './load/applicants.ts';
import { seeded } from './load/chaos.ts';
import { lost } from './load/lost.ts';
import type { Person } from './load/person.ts';
import { settled } from './load/quiet.ts';
import { isReady, openService, waitUntil } from './load/service.ts';

/** People working at once. They file one after the other: whoever has taken a code keeps the counter until the commit. */
const lanes = 3;
/** An act is some sixty statements, one after the other, and three may stand in line at the counter. p95, ms. */
const longest = 40_000;

await drill('distant-database', 40, async (report) => {
  const service = await openService({ distant: true });
  try {
    const applicants = await enterApplicants(service, lanes);
    await signInAll(applicants);
    const template = await completeDraft(applicants[0]!);
    const drafts = await copyDrafts(service.db, template, applicants, report.size);
    const oneStop = await official(service, 'one-stop@demo.example');
    const waits = new Map<string, number[]>();
    const far = (person: Person) => {
      const there = person.at([service.urls[1]!]);
      there.watch = (path, ms, status) => {
        const what = path.replace(/[0-9a-f-]{36}/, '…');
        if (status < 500) waits.set(what, [...(waits.get(what) ?? []), ms]);
      };
      return there;
    };
    const people = new Map(applicants.map(({ person }) => [person, far(person)]));
    const officer = far(oneStop);
    say(`  … ${drafts.length} drafts are ready; the database moves away`);

    const log: Done[] = [];
    const left = [...drafts];
    const lane = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const person = people.get(next.by.person)!;
        log.push(await file(person, next.id), await pay(service, person, next.id), await receive(officer, next.id));
        await insist(() => person.send(`/my/dossiers/${next.id}`));
      }
    };
    service.line!.set('delay');
    const breaks = breakOff(() => left.length > 0);
    await Promise.all(Array.from({ length: lanes }, lane));
    const broken = await breaks;

    await waitUntil(() => isReady(service.urls[1]!), 60_000, 'the distant web server to be ready');
    await settled(service.db);
    report.did('times every connection was broken off', broken);
    for (const what of ['filed', 'paid', 'received'] as const)
      report.did(`acknowledged as ${what}`, log.filter((one) => one.what === what && one.answer !== undefined).length);
    report.did('acts whose answer was lost and that were sent again', log.filter((one) => one.tries > 1).length);
    for (const [path, all] of waits) {
      const p95 = all.sort((a, b) => a - b)[Math.ceil(all.length * 0.95) - 1]!;
      report.did(`${path}: p95 of ${all.length} answers, ms`, Math.round(p95));
      if (p95 > longest) report.found(`${path} took ${Math.round(p95)} ms`);
    }
    for (const fault of log.flatMap((one) => one.fault ?? [])) report.found(fault);
    for (const fault of await lost(service.db, log)) report.found(fault);
    for (const fault of await brokenInvariants(service.db)) report.found(fault);

    async function breakOff(going: () => boolean): Promise<number> {
      const random = seeded(report.seed);
      for (let times = 0; ; times += 1) {
        await sleep(20_000 + random(20_000));
        if (!going()) return times;
        service.line!.set('reset');
        await sleep(random(500));
        service.line!.set('delay');
      }
    }
  } finally {
    await service.close();
  }
});
