import { createServer } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mails } from '#db/schema/notifications.ts';
import { queuedJobs, runQueuedJobs } from '#db/testing/jobs.ts';
import { type MailServer, startMailServer } from '#server/notifications/testing/mail-server.ts';
import { createAuthority } from '#server/signatures/authority/create-authority.ts';
import { getDocument } from '#server/signatures/index.ts';
import { type LocalTsa, openLocalTsa } from '#server/signatures/testing/local-tsa.ts';
import { workerTasks } from '#server/worker.ts';
import { findResult } from './records.ts';
import { brokenInvariants } from './testing/invariants.ts';
import { bringTo, completeDraft, initial, issue, sign, standing } from './testing/journey.ts';
import { openWorld, type World } from './testing/world.ts';

const settings = ['SMTP_URL', 'TSA_URL', 'OUTGOING_PRIVATE', 'CLAMD_HOST', 'CLAMD_PORT'] as const;
let world: World;
let tsa: LocalTsa;
let mailPort: number;
let mailServer: MailServer | undefined;
let id: string;

beforeAll(async () => {
  const authority = await createAuthority('Cơ quan chứng thực của bài thử', new Date('2026-01-01T00:00:00Z'));
  const period = { validFrom: new Date('2026-01-01T00:00:00Z'), validTo: new Date('2031-01-01T00:00:00Z') };
  tsa = await openLocalTsa(await authority.issue({ subject: { name: 'Dấu thời gian' }, kind: 'p-256', ...period }));
  tsa.mode = 'broken';
  mailPort = await closedPort();
  // read once, before anything is done: neighbours that are configured and do not answer
  process.env.SMTP_URL = `smtp://127.0.0.1:${mailPort}`;
  process.env.TSA_URL = tsa.url;
  process.env.OUTGOING_PRIVATE = '127.0.0.0/8';
  process.env.CLAMD_HOST = '127.0.0.1';
  process.env.CLAMD_PORT = String(await closedPort());
  world = await openWorld({ keys: true });
});
afterAll(async () => {
  await world.close();
  await tsa.close();
  await mailServer?.close();
  for (const setting of settings) delete process.env[setting];
});

/** A port of this host nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  await new Promise<void>((done) => server.close(() => done()));
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return bound.port;
}

/** Runs what is due and what waits for its next attempt; a job may fail here. */
async function work(): Promise<void> {
  await world.own.ownerDb.execute(
    sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null and last_error is not null`,
  );
  await runQueuedJobs(
    world.own,
    workerTasks(world.db, () => world.clock.at),
  );
}

/** Names of the jobs that wait for a mail server or the scanner. */
const waiting = async () =>
  [...new Set((await queuedJobs(world.own)).map((job) => job.name))]
    .filter((name) => name === 'mail.deliver' || name === 'file.scan')
    .sort();
const unusable = { code: 'unavailable', reason: 'signatures.errors.timestampUnusable' };

describe('while mail, malware scanner and time-stamp authority are down', () => {
  test('a dossier is filed, paid, received and processed up to the signature; what waits is in the queue', async () => {
    id = await bringTo({ ...world, work }, 'proposed', await completeDraft(world));
    await work();
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['initial'] });
    expect(await waiting()).toEqual(['file.scan', 'mail.deliver']);
    const rows = await world.db.select().from(mails);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((mail) => mail.sentAt || mail.failedAt)).toEqual([]);
  });

  test('a signature that cannot get its time stamp says so, and leaves step and document as they were', async () => {
    const before = await findResult(world.db, id);
    const { currentSha256 } = await getDocument(world.db, before!.documentId);
    await expect(initial(world, id)).rejects.toMatchObject(unusable);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['initial'] });
    expect(await findResult(world.db, id)).toEqual(before);
    expect((await getDocument(world.db, before!.documentId)).currentSha256).toBe(currentSha256);
  });
});

describe('when they are back', () => {
  test('the same step is signed, the certificate is issued, and every mail goes out once', async () => {
    tsa.mode = 'stamp';
    mailServer = await startMailServer(undefined, undefined, mailPort);
    await initial(world, id);
    await sign(world, id);
    await issue(world, id);
    await work();
    await work();
    expect((await standing(world, id)).waits).toEqual(['collect']);
    const rows = await world.db.select().from(mails);
    expect(rows.filter((mail) => !mail.sentAt)).toEqual([]);
    expect(mailServer.received).toHaveLength(rows.length);
    expect(await waiting()).toEqual(['file.scan']);
    expect(await brokenInvariants(world.own.ownerDb)).toEqual([]);
  });
});
