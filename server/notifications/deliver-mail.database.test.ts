import { afterEach, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { mails } from '#db/schema/notifications.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { newContext, newId, systemActor } from '#server/platform/index.ts';
import { deliverMail } from './deliver-mail.ts';
import { type MailServer, startMailServer } from './testing/mail-server.ts';

const at = new Date('2026-11-23T03:00:00Z');
const appUrl = 'https://motcua.example.vn';
const contextOf = (db: Database, later = 0) =>
  newContext(db, systemActor('mail.deliver'), () => new Date(at.getTime() + later * 60_000));

let server: MailServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function addMail(db: Database, overrides: Partial<typeof mails.$inferInsert> = {}): Promise<string> {
  const id = newId();
  const text = { subject: 'Đã nộp hồ sơ A-1', body: 'Kính gửi Ông/Bà,\n', link: `${appUrl}/my/dossiers/1` };
  await db.insert(mails).values({ id, kind: 'filed', dedupeKey: id, to: 'an.binh@example.vn', ...text, ...overrides });
  return id;
}

const stored = async (db: Database) => (await db.select().from(mails))[0]!;

describe('delivering a mail', () => {
  test('hands it over once with a name of its own, however often the job runs', async ({ db }) => {
    server = await startMailServer();
    const id = await addMail(db);
    for (let i = 0; i < 3; i++) await deliverMail(contextOf(db), id, { smtpUrl: server.url, appUrl });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]!.to).toBe('an.binh@example.vn');
    expect(server.received[0]!.source).toContain(`Message-ID: <${id}@motcua.example.vn>`);
    expect(server.received[0]!.source).toMatch(/From: .*<no-reply@motcua\.example\.vn>/);
    expect(await stored(db)).toMatchObject({
      attempts: 1,
      sentAt: at,
      lastError: null,
      link: `${appUrl}/my/dossiers/1`,
    });
  });

  test('is tried again after a passing failure, under the same name, until it is out', async ({ db }) => {
    const answers = ['451 try later', '451 try later', '250 queued'];
    server = await startMailServer(undefined, () => answers.shift() ?? '250 queued');
    const id = await addMail(db);
    const delivery = { smtpUrl: server.url, appUrl };
    await expect(deliverMail(contextOf(db), id, delivery)).rejects.toThrow('451');
    expect(await stored(db)).toMatchObject({ attempts: 1, sentAt: null, failedAt: null, claimedUntil: null });
    expect((await stored(db)).lastError).toContain('451');
    await expect(deliverMail(contextOf(db), id, delivery)).rejects.toThrow('451');
    await deliverMail(contextOf(db), id, delivery);
    await deliverMail(contextOf(db), id, delivery);
    expect(server.received).toHaveLength(1);
    expect(await stored(db)).toMatchObject({ attempts: 3, sentAt: at, lastError: null });
  });

  test('is tried again when no mail server answers', async ({ db }) => {
    const id = await addMail(db);
    await expect(deliverMail(contextOf(db), id, { smtpUrl: 'smtp://127.0.0.1:1', appUrl })).rejects.toThrow();
    expect(await stored(db)).toMatchObject({ sentAt: null, failedAt: null, claimedUntil: null });
  });

  test('is given up when the address is refused for good', async ({ db }) => {
    server = await startMailServer(() => '550 no such mailbox');
    const id = await addMail(db);
    for (let i = 0; i < 2; i++) await deliverMail(contextOf(db), id, { smtpUrl: server.url, appUrl });
    expect(server.received).toEqual([]);
    expect(await stored(db)).toMatchObject({ attempts: 1, sentAt: null, failedAt: at });
  });

  test('forgets a one-time link once it is out', async ({ db }) => {
    server = await startMailServer();
    const secret = `${appUrl}/reset-password?token=s3cret`;
    const id = await addMail(db, { kind: 'reset-password', body: `Mở liên kết:\n${secret}\n`, link: secret });
    await deliverMail(contextOf(db), id, { smtpUrl: server.url, appUrl });
    expect(server.received).toHaveLength(1);
    expect(JSON.stringify(await stored(db))).not.toContain('s3cret');
  });

  test('by two processes at one moment sends it once', async ({ own }) => {
    server = await startMailServer();
    const id = await addMail(own.db);
    const delivery = { smtpUrl: server.url, appUrl };
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () => deliverMail(contextOf(own.db), id, delivery)),
    );
    expect(results.some((result) => result.status === 'fulfilled')).toBe(true);
    expect(server.received).toHaveLength(1);
    await deliverMail(contextOf(own.db), id, delivery);
    expect(server.received).toHaveLength(1);
  });

  test('waits for a process that is at it, and takes over five minutes after it died', async ({ db }) => {
    server = await startMailServer();
    const id = await addMail(db, { claimedUntil: new Date(at.getTime() + 5 * 60_000) });
    const delivery = { smtpUrl: server.url, appUrl };
    await expect(deliverMail(contextOf(db, 4), id, delivery)).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.received).toEqual([]);
    await deliverMail(contextOf(db, 6), id, delivery);
    expect(server.received).toHaveLength(1);
  });
});
