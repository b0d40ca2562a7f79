// The disk under the data runs full while people hand in, file, pay and receive; then there is room again. Size: dossiers.
import { setTimeout as sleep } from 'node:timers/promises';
import { brokenInvariants } from '#server/dossiers/testing/invariants.ts';
import { samplePdf } from '#server/dossiers/testing/sample-files.ts';
import { drill } from '../ops/drill.ts';
import { say } from '../ops/report.ts';
import { type Done, file, insist, pay, receive } from './load/acts.ts';
import { type Applicant, completeDraft, copyDrafts, enterApplicants, official, signInAll } from './load/applicants.ts';
import { seeded } from './load/chaos.ts';
import { type Handed, lostFiles } from './load/handed-in.ts';
import { lost } from './load/lost.ts';
import { answersOf, tellAnswers } from './load/person.ts';
import { settled } from './load/quiet.ts';
import { refusals } from './load/refusals.ts';
import { isReady, openService, waitUntil } from './load/service.ts';
import { smallDisk } from './load/small-disk.ts';

/** People working at once. */
const lanes = 8;
/** Room for the demo, its WAL and what is filed; the rest is taken away. */
const megabytes = 1_500;
/** From the moment there is room until all is well again, ms: the longest pause between two starts of Postgres, and a start. */
const recovery = 60_000;

await drill('disk', 600, async (report) => {
  const disk = await smallDisk(megabytes);
  if (!disk) {
    say('A disk can only be filled where this user may mount one: run this drill as root on Linux.');
    return;
  }
  const restarts: string[] = [];
  const show = (line: string) => {
    if (/^Postgres ended unexpectedly|^The (web server|worker) ended/.test(line)) restarts.push(line);
  };
  const service = await openService({ dataDir: disk.folder, show });
  try {
    const applicants = await enterApplicants(service, Math.min(60, lanes + Math.ceil(report.size / 12)));
    await signInAll(applicants);
    const oneStop = await official(service, 'one-stop@demo.example');
    const template = await completeDraft(applicants[0]!);
    const drafts = await copyDrafts(service.db, template, applicants, report.size);
    const answered = answersOf([oneStop, ...applicants.map(({ person }) => person)]);
    say(`  … ${drafts.length} drafts are ready`);

    const log: Done[] = [];
    const handed: Handed[] = [];
    const left = [...drafts];
    const lane = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const { id, by } = next;
        handed.push(await handIn(by, id));
        log.push(await file(by.person, id));
        log.push(await pay(service, by.person, id));
        log.push(await receive(oneStop, id));
      }
    };
    const working = Promise.all(Array.from({ length: lanes }, lane));

    const random = seeded(report.seed);
    let slowest = 0;
    let rounds = 0;
    for (; left.length > lanes || rounds < 2; rounds += 1) {
      await sleep(2_000 + random(6_000));
      say(`  … ${left.length} to do; the disk is filled`);
      const until = Date.now() + 4_000 + random(12_000);
      // what becomes free, such as a WAL segment that is given up, is taken as well
      const filling = setInterval(() => disk.fill(), 50);
      disk.fill();
      const { id, by } = drafts[rounds % drafts.length]!;
      for (const fault of await refusals(service, by, id)) report.found(fault);
      await sleep(Math.max(0, until - Date.now()));
      clearInterval(filling);
      disk.free();
      for (const url of service.urls)
        slowest = Math.max(
          slowest,
          await waitUntil(() => isReady(url), recovery, `${url} to be ready with room again`),
        );
    }
    await working;
    await settled(service.db);

    report.did('times the disk was full', rounds);
    report.did('starts of Postgres, web server or worker by npm start', restarts.length);
    report.did('longest time from room to readiness, in ms', slowest);
    tellAnswers(answered, report);
    for (const what of ['filed', 'paid', 'received'] as const)
      report.did(`acknowledged as ${what}`, log.filter((one) => one.what === what && one.answer !== undefined).length);
    report.did('files acknowledged as handed in', handed.length);
    report.did(
      'acts that were refused or cut off and sent again',
      [...log, ...handed].filter(({ tries }) => tries > 1).length,
    );
    for (const fault of log.flatMap((one) => one.fault ?? [])) report.found(fault);
    for (const fault of await lost(service.db, log)) report.found(fault);
    for (const fault of await lostFiles(service.db, handed)) report.found(fault);
    for (const fault of await brokenInvariants(service.db)) report.found(fault);
  } finally {
    disk.free();
    await service.close();
    disk.remove();
  }
});

/** One more page of the technical file; a repeat after a lost answer may hear that it is there. */
async function handIn({ person }: Applicant, dossierId: string): Promise<Handed> {
  const bytes = samplePdf(`technical file of ${dossierId}`);
  const { tries } = await insist(async () => {
    try {
      await person.upload(dossierId, 'technical-dossier', bytes);
    } catch (error) {
      if (!String(error).includes('sameFileTwice')) throw error;
    }
  });
  return { dossierId, bytes, tries };
}
