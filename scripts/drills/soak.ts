// People file, pay and are received, pages are read, for hours: no process grows, no pool runs dry. Size: minutes.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { brokenInvariants } from '#server/dossiers/testing/invariants.ts';
import { drill } from '../ops/drill.ts';
import { load, publicPaths } from '../ops/fleet.ts';
import { say } from '../ops/report.ts';
import { residentMegabytes } from '../ops/survival.ts';
import { type Done, file, pay, receive } from './load/acts.ts';
import { completeDraft, copyDrafts, enterApplicants, official, signInAll } from './load/applicants.ts';
import { settled } from './load/quiet.ts';
import { openService, type Service } from './load/service.ts';

/** ms between two looks, and between two dossiers. */
const every = 10_000;
/** Connections of a web server's pool. */
const pool = 10;
/** What a process may grow in an hour, and what its garbage makes of it from one moment to the next. In MB. */
const growth = 1;
const garbage = 20;

interface Look {
  megabytes: Record<string, number>;
  /** sessions of the application that do something or are inside a transaction */
  busy: number;
}

async function lookAt(service: Service): Promise<Look> {
  const megabytes: Record<string, number> = {};
  for (const [name, pid] of Object.entries(service.pids())) megabytes[name] = residentMegabytes(pid);
  const [row] = await service.db.execute<{ busy: number }>(sql`
    select count(*)::int as busy from pg_stat_activity where application_name = 'mot-cua' and state <> 'idle'`);
  return { megabytes, busy: row!.busy };
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

await drill('soak', 480, async (report) => {
  const service = await openService();
  try {
    const applicants = await enterApplicants(service, 4);
    await signInAll(applicants);
    const oneStop = await official(service, 'one-stop@demo.example');
    const template = await completeDraft(applicants[0]!);
    const rounds = Math.max(6, Math.floor((report.size * 60_000) / every));
    const drafts = await copyDrafts(service.db, template, applicants, rounds);
    const log: Done[] = [];
    const looks: Look[] = [];
    const readers = load(service.urls[1]!, publicPaths, 1, 500);
    for (const { id, by } of drafts) {
      const began = Date.now();
      log.push(await file(by.person, id), await pay(service, by.person, id), await receive(oneStop, id));
      looks.push(await lookAt(service));
      if (looks.length % 30 === 0) say(`  … ${looks.length} of ${rounds}: ${JSON.stringify(looks.at(-1))}`);
      await sleep(Math.max(0, every - (Date.now() - began)));
    }
    const { requests, statuses } = await readers.stop();

    report.did('dossiers filed, paid and received', drafts.length);
    report.did('pages read', requests);
    const wrong = Object.entries(statuses).filter(([status]) => status !== '200');
    if (wrong.length > 0) report.found(`pages answered ${JSON.stringify(Object.fromEntries(wrong))}`);
    // the first third fills caches; of the others the middles are compared
    const third = Math.floor(looks.length / 3);
    const hours = (third * every) / 3_600_000;
    for (const name of Object.keys(looks[0]!.megabytes)) {
      const of = (part: Look[]) => median(part.map(({ megabytes }) => megabytes[name]!));
      const [before, after] = [of(looks.slice(third, 2 * third)), of(looks.slice(2 * third))];
      report.did(`${name}, MB`, Math.round(after));
      report.did(`${name}, MB more than ${(hours * 60).toFixed(0)} minutes before`, Math.round(after - before));
      if (after - before > growth * hours + garbage) report.found(`the ${name} grew from ${before} to ${after} MB`);
    }
    const busiest = Math.max(...looks.map(({ busy }) => busy));
    report.did('connections at work in the same moment, at most', busiest);
    if (busiest >= pool) report.found(`${busiest} connections were at work at once`);
    await settled(service.db);
    for (const fault of log.flatMap((one) => one.fault ?? [])) report.found(fault);
    for (const fault of await brokenInvariants(service.db)) report.found(fault);
  } finally {
    await service.close();
  }
});
