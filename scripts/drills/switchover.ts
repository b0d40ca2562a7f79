// The database moves to its second server under load, first in order, then because the leader is killed: nothing acknowledged is
// lost, and work goes on by itself. Size: filings.
import { join } from 'node:path';
import { connect } from '#db/client.ts';
import { brokenInvariants } from '#server/dossiers/testing/invariants.ts';
import { buildIfStale } from '../ops/build.ts';
import { drill } from '../ops/drill.ts';
import { removeData, scratchData } from '../ops/instance.ts';
import { say } from '../ops/report.ts';
import { runScript } from '../ops/restoration.ts';
import { type Done, file } from './load/acts.ts';
import { completeDraft, copyDrafts, enterApplicants, signInAll } from './load/applicants.ts';
import { keepRunning, keepServing } from './load/kept.ts';
import { lost } from './load/lost.ts';
import { answersOf, tellAnswers } from './load/person.ts';
import { settled } from './load/quiet.ts';
import { isReady, waitUntil } from './load/service.ts';
import { addFollower } from './load/two-servers.ts';

/** People working at once. */
const lanes = 6;
/** The longest time without an acknowledged filing, ms. */
const longest = { switchOver: 5_000, loseLeader: 30_000 };

await drill('switchover', 400, async (report) => {
  await buildIfStale();
  const dataDir = await scratchData();
  runScript('migrate', [], dataDir);
  const servers = await addFollower(dataDir);
  const db = connect(servers.ownerUrl, { max: 4, applicationName: 'drill' });
  const processes = await Promise.all([0, 1].map(() => keepServing(dataDir, servers)));
  const urls = processes.map(({ url }) => url);
  const { env } = processes[0]!;
  const worker = keepRunning('worker', env, join(dataDir, 'worker.log'));
  try {
    for (const url of urls) await waitUntil(() => isReady(url), 60_000, `${url} to be ready`);
    const applicants = await enterApplicants({ db, urls }, lanes);
    await signInAll(applicants);
    const drafts = await copyDrafts(db, await completeDraft(applicants[0]!), applicants, report.size);
    say(`  … ${drafts.length} drafts are ready`);

    const counts = answersOf(applicants.map(({ person }) => person));
    const log: Done[] = [];
    const acknowledged: number[] = [];
    const left = [...drafts];
    const lane = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        log.push(await file(next.by.person, next.id));
        acknowledged.push(Date.now());
      }
    };
    const reached = (share: number) =>
      waitUntil(async () => left.length <= drafts.length * (1 - share), 600_000, 'the filings to get on');
    const moves = async () => {
      await reached(0.25);
      const switched = await servers.switchOver();
      await reached(0.5);
      await servers.rejoin();
      await reached(0.6);
      return { switchOver: switched, loseLeader: await servers.loseLeader() };
    };
    const [moved] = await Promise.all([moves(), ...Array.from({ length: lanes }, lane)]);

    await settled(db);
    report.did('acknowledged as filed', log.filter(({ answer }) => answer !== undefined).length);
    report.did('filings whose answer was lost and that were sent again', log.filter(({ tries }) => tries > 1).length);
    for (const how of ['switchOver', 'loseLeader'] as const) {
      const gap = longestGap(acknowledged, moved[how]);
      report.did(`${how}: longest time without an acknowledged filing, ms`, gap);
      if (gap > longest[how]) report.found(`${how}: nothing was acknowledged for ${gap} ms`);
    }
    tellAnswers(counts, report);
    for (const fault of log.flatMap((one) => one.fault ?? [])) report.found(fault);
    for (const fault of await lost(db, log)) report.found(fault);
    for (const fault of await brokenInvariants(db)) report.found(fault);
  } finally {
    await Promise.all([worker.stop(), ...processes.map(({ web }) => web.stop())]);
    await db.$client.end({ timeout: 1 });
    await servers.close();
    await removeData(dataDir);
  }
});

/** Between two acknowledgements in the minute after a moment, ms. */
function longestGap(acknowledged: number[], from: number): number {
  const times = [from, ...acknowledged.filter((at) => at >= from && at < from + 60_000)].sort((a, b) => a - b);
  return Math.max(...times.slice(1).map((at, index) => at - times[index]!), 0);
}
