import { subscribe } from 'node:diagnostics_channel';
import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { connect, type Database } from '#db/client.ts';
import { sessions, users } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import type { Client } from './attempts.ts';
import {
  actorOfRequest,
  changePassword,
  confirmEmail,
  identityJobs,
  requestPasswordReset,
  resetPassword,
  signIn,
  signUp,
} from './index.ts';
import { hashing } from './passwords.ts';
import { anonymousContext, contextOf, insertSession, insertUser, systemContext, testPassword } from './testing.ts';

/** What hashing was asked for: each costs the same, by its parameters. */
const hashed: string[] = [];
subscribe(hashing, (prefix) => hashed.push(String(prefix)));

const at = new Date('2026-11-23T02:00:00Z');
const clock = () => at;
const client: Client = { address: '203.0.113.9', userAgent: 'Test' };
const newPassword = 'xanh lá cây bảy dòng';
const credentials = (password: string) => ({ email: 'an@example.vn', password });
const person = { kind: 'citizen' as const, name: 'Trần Thị An', email: 'an@example.vn', password: newPassword };

const actions = async (db: Database) =>
  (await db.select().from(auditEntries).orderBy(auditEntries.id)).map((row) => `${row.action} ${row.outcome}`);
/** Mails waiting to be delivered, read with the owner's rights. */
const mails = async (owner: Database): Promise<{ kind: string; to: string; link: string }[]> => {
  const rows = await owner.execute<{ payload: { kind: string; to: string; link: string } }>(
    sql`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail.send' order by j.id`,
  );
  return rows.map((row) => row.payload);
};
const tokenIn = (link: string | undefined): string => new URL(link ?? '', 'http://x').searchParams.get('token') ?? '';
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { reason?: string; details?: { fields?: { reason: string }[] } }) =>
      error.details?.fields?.[0]?.reason ?? error.reason ?? String(error),
  );

describe('signing up', () => {
  test('sends a link, and only the link lets in', async ({ own }) => {
    const ctx = anonymousContext(own.db, clock);
    await signUp(ctx, { ...person, email: 'AN＠example.vn', locale: 'en' }, client);
    expect(await reasonOf(signIn(ctx, credentials(newPassword), client))).toBe('identity.errors.notConfirmed');
    const [mail] = await mails(own.ownerDb);
    expect(mail).toMatchObject({ kind: 'confirm-email', to: 'an@example.vn' });
    expect(mail?.link).toMatch(/^\/en\/confirm-email\?token=[\w-]{43}$/);
    await confirmEmail(ctx, { token: tokenIn(mail?.link) });
    await confirmEmail(ctx, { token: tokenIn(mail?.link) });
    expect((await signIn(ctx, credentials(newPassword), client)).official).toBe(false);
    expect(await actions(own.db)).toEqual([
      'user.sign-up done',
      'session.open refused',
      'user.confirm-email done',
      'user.confirm-email done',
      'session.open done',
    ]);
  });

  test('with a known address answers the same and writes to its owner', async ({ own }) => {
    const ctx = anonymousContext(own.db, clock);
    const userId = await insertUser(own.db, { email: person.email, name: 'Chủ cũ' });
    expect(await signUp(ctx, person, client)).toBe(await signUp(ctx, { ...person, email: 'new@example.vn' }, client));
    expect((await mails(own.ownerDb)).map((mail) => mail.kind)).toEqual(['already-registered', 'confirm-email']);
    const [owner] = await own.db.select().from(users).where(eq(users.id, userId));
    expect(owner?.name).toBe('Chủ cũ');
  });

  test('again before the address is confirmed counts for the newest password and link', async ({ own }) => {
    const ctx = anonymousContext(own.db, clock);
    await signUp(ctx, { ...person, password: 'mật khẩu của kẻ khác' }, client);
    await signUp(ctx, person, client);
    const [first, second] = await mails(own.ownerDb);
    expect(await reasonOf(confirmEmail(ctx, { token: tokenIn(first?.link) }))).toBe('identity.errors.linkExpired');
    await confirmEmail(ctx, { token: tokenIn(second?.link) });
    expect(await reasonOf(signIn(ctx, credentials('mật khẩu của kẻ khác'), client))).toBe(
      'identity.errors.wrongCredentials',
    );
    expect(await reasonOf(signIn(ctx, credentials(newPassword), client))).toBe('done');
  });

  test('is refused with a password everybody guesses', async ({ db }) => {
    const ctx = anonymousContext(db, clock);
    expect(await reasonOf(signUp(ctx, { ...person, password: 'matkhau123456' }, client))).toBe(
      'identity.errors.passwordCommon',
    );
    expect(await db.select().from(users).where(eq(users.email, person.email))).toEqual([]);
  });

  test('keeps no password and no token in the clear', async ({ own }) => {
    await signUp(anonymousContext(own.db, clock), person, client);
    const [mail] = await mails(own.ownerDb);
    const [dump] = await own.db.execute<{ text: string }>(
      sql`select (select json_agg(u) from users u)::text || (select json_agg(t) from user_tokens t)::text || (select json_agg(a) from audit_entries a)::text as text`,
    );
    expect(dump?.text).toContain('argon2id');
    expect(dump?.text).not.toContain(newPassword);
    expect(dump?.text).not.toContain(tokenIn(mail?.link));
  });
});

describe('signing in', () => {
  test('gives a cookie that only the server can read, and the person behind it', async ({ db }) => {
    const userId = await insertUser(db, { email: person.email });
    const { cookie } = await signIn(
      anonymousContext(db, clock),
      { email: ' AN@Example.VN', password: testPassword },
      client,
    );
    expect(cookie.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/' });
    const actor = await actorOfRequest(db, (name) => (name === cookie.name ? cookie.value : undefined), at);
    expect(actor).toMatchObject({ kind: 'person', userId, official: false, actingFor: null, grants: [] });
    expect((await actorOfRequest(db, () => `${cookie.value.slice(0, -2)}xx`, at)).kind).toBe('anonymous');
    const [row] = await db.select().from(sessions).where(eq(sessions.userId, userId));
    expect(cookie.value).not.toContain(row!.tokenHash);
  });

  test('says the same to a stranger, with a wrong password, without a password yet and when shut out', async ({
    db,
  }) => {
    const ctx = anonymousContext(db, clock);
    await insertUser(db, { email: 'known@example.vn' });
    await insertUser(db, { email: 'invited@example.vn', passwordHash: null });
    await insertUser(db, { email: 'disabled@example.vn', disabledAt: at });
    for (const [email, password] of [
      ['stranger@example.vn', testPassword],
      ['known@example.vn', 'not the password'],
      ['invited@example.vn', 'the password of nobody'],
      ['disabled@example.vn', testPassword],
    ] as const) {
      expect(await reasonOf(signIn(ctx, { email, password }, client))).toBe('identity.errors.wrongCredentials');
    }
    expect(await actions(db)).toEqual(Array(4).fill('session.open refused'));
  });

  test('does the same work for a stranger, without a password and when shut out as for a wrong password', async ({
    db,
  }) => {
    const ctx = anonymousContext(db, clock);
    await insertUser(db, { email: 'known@example.vn' });
    await insertUser(db, { email: 'invited@example.vn', passwordHash: null });
    await insertUser(db, { email: 'disabled@example.vn', disabledAt: at });
    const workFor = async (email: string, password: string) => {
      hashed.length = 0;
      await reasonOf(signIn(ctx, { email, password }, { ...client, address: null }));
      return [...hashed];
    };
    // the hash of nobody is made once
    await workFor('warm-up@example.vn', testPassword);
    const known = await workFor('known@example.vn', 'not the password');
    expect(known).toEqual(['$argon2id$v=19$m=19456,t=2,p=1$']);
    for (const [email, password] of [
      ['stranger@example.vn', testPassword],
      ['invited@example.vn', 'not the password'],
      ['disabled@example.vn', testPassword],
    ] as const)
      expect(await workFor(email, password), email).toEqual(known);
  });

  test('stops guessing at one account, though from many places, and counts no success', async ({ db }) => {
    const ctx = anonymousContext(db, clock);
    await insertUser(db, { email: person.email });
    const from = (n: number): Client => ({ ...client, address: `198.51.100.${n}` });
    for (let n = 0; n < 12; n++) expect(await reasonOf(signIn(ctx, credentials(testPassword), from(n)))).toBe('done');
    for (let n = 0; n < 10; n++) await reasonOf(signIn(ctx, credentials(newPassword), from(n)));
    expect(await reasonOf(signIn(ctx, credentials(testPassword), from(99)))).toBe('errors.limit');
    const later = anonymousContext(db, () => new Date(at.getTime() + 15 * 60_000));
    expect(await reasonOf(signIn(later, credentials(testPassword), from(99)))).toBe('done');
  });

  test('lets the owner in on a device known before, though a stranger keeps failing on purpose', async ({ db }) => {
    const ctx = anonymousContext(db, clock);
    await insertUser(db, { email: person.email });
    await insertUser(db, { email: 'other@example.vn' });
    const { device } = await signIn(ctx, credentials(testPassword), client);
    const { device: ofOther } = await signIn(ctx, { email: 'other@example.vn', password: testPassword }, client);
    const from = (n: number, cookie: string | null = null): Client => ({
      ...client,
      address: `198.51.100.${n}`,
      device: cookie,
    });
    for (let n = 0; n < 10; n++) await reasonOf(signIn(ctx, credentials(newPassword), from(n)));
    expect(await reasonOf(signIn(ctx, credentials(testPassword), from(20)))).toBe('errors.limit');
    for (const cookie of [ofOther!.value, `${device!.value}x`, 'forged'])
      expect(await reasonOf(signIn(ctx, credentials(testPassword), from(21, cookie)))).toBe('errors.limit');
    const again = await signIn(ctx, credentials(testPassword), from(22, device!.value));
    expect(again.device).toBeNull();
    // the cookie opens nothing, and does not guess without end
    for (let n = 0; n < 10; n++)
      expect(await reasonOf(signIn(ctx, credentials(newPassword), from(23, device!.value)))).toBe(
        'identity.errors.wrongCredentials',
      );
    expect(await reasonOf(signIn(ctx, credentials(testPassword), from(24, device!.value)))).toBe('errors.limit');
    expect((await actorOfRequest(db, () => device!.value, at)).kind).toBe('anonymous');
  });

  test('is refused when attempts cannot be counted', async () => {
    const nowhere = connect('postgres://nobody:nothing@127.0.0.1:1/nowhere', { max: 1 });
    const refused = signIn(anonymousContext(nowhere, clock), credentials(testPassword), client);
    await expect(refused).rejects.toThrow();
    await nowhere.$client.end({ timeout: 1 });
  });

  test('stops guessing at many accounts from one network, all of an IPv6 customer being one', async ({ db }) => {
    const ctx = anonymousContext(db, clock);
    await db.execute(
      sql`insert into rate_limits (key, window_start, count) values ('identity.sign-in:network:2001:db8:1:2::/64', ${at.toISOString()}, 100)`,
    );
    const from = (address: string) =>
      signIn(ctx, { email: 'someone@example.vn', password: 'x' }, { ...client, address });
    expect(await reasonOf(from('2001:db8:1:2:ffff::77'))).toBe('errors.limit');
    expect(await reasonOf(from('2001:db8:1:3::77'))).toBe('identity.errors.wrongCredentials');
  });

  test('makes an outdated hash anew', async ({ db }) => {
    const { hash } = await import('@node-rs/argon2');
    const weak = await hash(testPassword, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    const userId = await insertUser(db, { email: person.email, passwordHash: weak });
    await signIn(anonymousContext(db, clock), credentials(testPassword), client);
    const [row] = await db.select().from(users).where(eq(users.id, userId));
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('a forgotten password', () => {
  const sendLinks = async (own: { db: Database; ownerDb: Database }, now: () => Date) => {
    const jobs = await own.ownerDb.execute<{ payload: unknown }>(
      sql`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'password.send-link' order by j.id`,
    );
    const job = identityJobs.find((each) => each.name === 'password.send-link')!;
    for (const row of jobs)
      await job.handler(systemContext(own.db, now), job.payload.parse(row.payload), { number: 1, last: false });
  };

  test('is set anew by a link that works once, and all sessions end', async ({ own }) => {
    const userId = await insertUser(own.db, { email: person.email });
    const session = await contextOf(own.db, userId, false, clock);
    const ctx = anonymousContext(own.db, clock);
    await requestPasswordReset(ctx, { email: 'an@EXAMPLE.vn' }, client);
    await requestPasswordReset(ctx, { email: 'stranger@example.vn' }, client);
    await sendLinks(own, clock);
    await sendLinks(own, clock);
    const sent = await mails(own.ownerDb);
    expect(sent.map((mail) => [mail.kind, mail.to])).toEqual([['reset-password', person.email]]);
    const token = tokenIn(sent[0]?.link);
    await resetPassword(ctx, { token, password: newPassword }, client);
    expect(await reasonOf(resetPassword(ctx, { token, password: newPassword }, client))).toBe(
      'identity.errors.linkExpired',
    );
    expect(await reasonOf(signIn(ctx, credentials(testPassword), client))).toBe('identity.errors.wrongCredentials');
    expect(await reasonOf(signIn(ctx, credentials(newPassword), client))).toBe('done');
    const [row] = await own.db
      .select()
      .from(sessions)
      .where(eq(sessions.id, session.actor.kind === 'person' ? session.actor.sessionId : ''));
    expect(row?.revokedAt).toEqual(at);
    expect(await actions(own.db)).toContain('password.reset done');
  });

  test('cannot be set by a link that is an hour old, or by one that confirms an address', async ({ own }) => {
    await insertUser(own.db, { email: person.email });
    const ctx = anonymousContext(own.db, clock);
    await requestPasswordReset(ctx, { email: person.email }, client);
    await signUp(ctx, { ...person, email: 'other@example.vn' }, client);
    await sendLinks(own, clock);
    const sent = await mails(own.ownerDb);
    const hourLater = anonymousContext(own.db, () => new Date(at.getTime() + 3_600_000));
    for (const mail of sent) {
      const input = { token: tokenIn(mail.link), password: newPassword };
      expect(await reasonOf(resetPassword(hourLater, input, client))).toBe('identity.errors.linkExpired');
    }
    expect(sent).toHaveLength(2);
  });
});

describe('changing the password', () => {
  test('takes the current one, and ends the other sessions only', async ({ db }) => {
    const userId = await insertUser(db, { email: person.email });
    const other = await insertSession(db, userId, false, at);
    const ctx = await contextOf(db, userId, false, clock);
    expect(await reasonOf(changePassword(ctx, { currentPassword: 'wrong', password: newPassword }))).toBe(
      'identity.errors.wrongPassword',
    );
    await changePassword(ctx, { currentPassword: testPassword, password: newPassword });
    const live = await db
      .select()
      .from(sessions)
      .where(sql`${sessions.userId} = ${userId} and ${sessions.revokedAt} is null`);
    expect(live.map((row) => row.id)).toEqual([ctx.actor.kind === 'person' ? ctx.actor.sessionId : '']);
    expect(other).not.toBe('');
    expect(await actions(db)).toEqual(['password.change refused', 'password.change done']);
  });

  test('counts letters with marks as the same however the keyboard composes them', async ({ db }) => {
    await insertUser(db, { email: person.email });
    const ctx = anonymousContext(db, clock);
    expect(await reasonOf(signIn(ctx, credentials(testPassword.normalize('NFD')), client))).toBe('done');
    expect(await reasonOf(signIn(ctx, credentials(` ${testPassword}`), client))).toBe(
      'identity.errors.wrongCredentials',
    );
  });

  test('is for people who are signed in', async ({ db }) => {
    expect(
      await reasonOf(changePassword(anonymousContext(db, clock), { currentPassword: 'x', password: newPassword })),
    ).toBe('errors.unauthenticated');
  });
});
