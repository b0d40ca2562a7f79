import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { users } from '#db/schema/identity.ts';
import { mails, notifications } from '#db/schema/notifications.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { type Actor, anonymous } from '#server/platform/actor.ts';
import { parseEnv } from '#server/platform/env.ts';
import { newContext, newId, type Person, systemActor, transaction } from '#server/platform/index.ts';
import { markRead } from './commands.ts';
import { type Notice, notify } from './notify.ts';
import { listNotifications, unreadCount } from './queries.ts';
import { writeMail } from './write-mail.ts';

const at = new Date('2026-11-23T03:00:00Z');
const contextOf = (db: Database, actor: Actor = systemActor('test')) => newContext(db, actor, () => at);

async function addReader(db: Database, overrides: Partial<typeof users.$inferInsert> = {}): Promise<Person> {
  const userId = newId();
  await db
    .insert(users)
    .values({ id: userId, email: `${userId}@example.vn`, passwordHash: '-', name: 'Trần Văn Đức', ...overrides });
  const rest = { official: false, actingFor: null, memberships: [], grants: [], assurance: 1 };
  return { kind: 'person', userId, sessionId: newId(), name: 'Trần Văn Đức', email: `${userId}@example.vn`, ...rest };
}

const aNotice = (userId: string, overrides: Partial<Notice> = {}): Notice => ({
  userId,
  kind: 'filed',
  data: { code: '000.00.10.H26-261123-0001', title: 'Nhà thuốc An Bình' },
  href: '/my/dossiers/1',
  dedupeKey: `dossier:${newId()}:filed`,
  ...overrides,
});

const tell = (db: Database, notice: Notice) => transaction(contextOf(db), (ctx) => notify(ctx, notice));
const list = (db: Database, actor: Actor, input: { unreadOnly?: boolean; page?: number; pageSize?: number } = {}) =>
  listNotifications(contextOf(db, actor), { locale: 'vi', ...input });

describe('telling somebody', () => {
  test('writes a notice and a mail in the reader’s language, and keeps only what the text needs', async ({ db }) => {
    const reader = await addReader(db, { locale: 'en' });
    await tell(db, aNotice(reader.userId));
    expect(await db.select().from(notifications)).toMatchObject([
      {
        userId: reader.userId,
        kind: 'filed',
        data: { code: '000.00.10.H26-261123-0001' },
        href: '/my/dossiers/1',
        readAt: null,
      },
    ]);
    const [mail] = await db.select().from(mails);
    expect(mail).toMatchObject({
      to: reader.email,
      subject: 'Dossier 000.00.10.H26-261123-0001 has been filed',
      sentAt: null,
    });
    expect(mail!.link).toMatch(/\/en\/my\/dossiers\/1$/);
    expect(mail!.body).toContain(mail!.link);
    expect(JSON.stringify(mail)).not.toContain('An Bình');
  });

  test('twice of the same event tells once, each person for themselves', async ({ db }) => {
    const [one, other] = [await addReader(db), await addReader(db)];
    const notice = aNotice(one.userId);
    for (let i = 0; i < 3; i++) await tell(db, notice);
    await tell(db, { ...notice, userId: other.userId });
    expect(await db.select().from(notifications)).toHaveLength(2);
    expect((await db.select().from(mails)).map((mail) => mail.to).sort()).toEqual([one.email, other.email].sort());
  });

  test('vanishes with what it announces', async ({ db }) => {
    const reader = await addReader(db);
    await expect(
      transaction(contextOf(db), async (ctx) => {
        await notify(ctx, aNotice(reader.userId));
        throw new Error('the work failed');
      }),
    ).rejects.toThrow('the work failed');
    expect(await db.select().from(notifications)).toEqual([]);
    expect(await db.select().from(mails)).toEqual([]);
  });

  test('writes no mail where none is wanted, nor to a disabled account', async ({ db }) => {
    const [quiet, gone] = [await addReader(db), await addReader(db, { disabledAt: at })];
    await tell(db, aNotice(quiet.userId, { mail: false }));
    await tell(db, aNotice(gone.userId));
    expect(await db.select().from(notifications)).toHaveLength(2);
    expect(await db.select().from(mails)).toEqual([]);
  });

  test('something its text cannot be made of fails', async ({ db }) => {
    const reader = await addReader(db);
    await expect(tell(db, aNotice(reader.userId, { kind: 'received' }))).rejects.toThrow();
  });
});

describe('one’s own notices', () => {
  test('are listed newest first in the language asked for, page by page, unread alone on request', async ({ db }) => {
    const reader = await addReader(db);
    for (let i = 1; i <= 5; i++) await tell(db, aNotice(reader.userId, { data: { code: `A-${i}` } }));
    const first = await list(db, reader, { pageSize: 2 });
    expect(first).toMatchObject({
      total: 5,
      page: 1,
      items: [{ title: 'Đã nộp hồ sơ A-5' }, { title: 'Đã nộp hồ sơ A-4' }],
    });
    const last = await list(db, reader, { pageSize: 2, page: 3 });
    expect(last.items).toMatchObject([{ title: 'Đã nộp hồ sơ A-1' }]);
    await markRead(contextOf(db, reader), { id: first.items[0]!.id });
    expect((await list(db, reader, { unreadOnly: true })).total).toBe(4);
    expect(await unreadCount(contextOf(db, reader), {})).toBe(4);
  });

  test('are marked as read one by one or all at once, with an audit row', async ({ db }) => {
    const reader = await addReader(db);
    for (let i = 0; i < 3; i++) await tell(db, aNotice(reader.userId));
    const [notice] = (await list(db, reader)).items;
    expect(await markRead(contextOf(db, reader), { id: notice!.id })).toEqual({ marked: 1 });
    expect(await markRead(contextOf(db, reader), { id: notice!.id })).toEqual({ marked: 0 });
    expect(await markRead(contextOf(db, reader), { id: null })).toEqual({ marked: 2 });
    expect(await unreadCount(contextOf(db, reader), {})).toBe(0);
    const audit = await db.select().from(auditEntries);
    expect(audit.map((row) => `${row.action} ${row.outcome}`)).toEqual(Array(3).fill('notification.mark-read done'));
  });

  test('are nobody else’s: neither listed nor marked, and strangers are asked to sign in', async ({ db }) => {
    const [reader, other] = [await addReader(db), await addReader(db)];
    await tell(db, aNotice(reader.userId));
    const [notice] = (await list(db, reader)).items;
    expect((await list(db, other)).items).toEqual([]);
    await expect(markRead(contextOf(db, other), { id: notice!.id })).rejects.toMatchObject({ code: 'notFound' });
    expect(await markRead(contextOf(db, other), { id: null })).toEqual({ marked: 0 });
    await expect(list(db, anonymous)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(markRead(contextOf(db, anonymous), { id: null })).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await unreadCount(contextOf(db, anonymous), {})).toBe(0);
    expect(await unreadCount(contextOf(db, reader), {})).toBe(1);
  });
});

describe('a mail on its way out', () => {
  test('gets one job of delivery where a mail server is set, and none otherwise', async ({ own }) => {
    const mail = {
      dedupeKey: newId(),
      to: 'a@example.vn',
      locale: 'vi',
      kind: 'reset-password',
      link: '/reset-password?token=x',
    } as const;
    const settings = { DATABASE_URL: 'postgres://localhost/x', DEMO: '1', APP_URL: 'https://motcua.example.vn' };
    const write = (key: string, env: Record<string, string>) =>
      transaction(contextOf(own.db), (ctx) => writeMail(ctx, { ...mail, dedupeKey: key }, parseEnv(env)));
    expect(await write('kept', settings)).not.toBeNull();
    const smtp = { ...settings, SMTP_URL: 'smtp://127.0.0.1:1' };
    const id = await write('sent', smtp);
    expect(await write('sent', smtp)).toBeNull();
    const jobs = await own.ownerDb.execute(sql`select task_identifier, key from graphile_worker.jobs`);
    expect(jobs).toMatchObject([{ task_identifier: 'mail.deliver', key: `mail.deliver:${id}` }]);
    expect(await own.db.select({ link: mails.link }).from(mails)).toEqual(
      Array(2).fill({ link: 'https://motcua.example.vn/reset-password?token=x' }),
    );
  });
});
