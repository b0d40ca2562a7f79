import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { backupCodes, sessions, totpFactors } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { env } from '#server/platform/env.ts';
import { beginEnrolment, keepBackupCodes, renewBackupCodes } from './commands/enrol-authenticator.ts';
import { renewAuthenticatorKeys } from './commands/renew-authenticator-keys.ts';
import { resetSecondFactor } from './commands/reset-second-factor.ts';
import {
  actorOfRequest,
  actorOfToken,
  confirmEnrolment,
  createFirstAdministrator,
  disableOfficial,
  giveCode,
  newTotpSecret,
  signIn,
  waitingSession,
} from './index.ts';
import { mySessions, viewer } from './queries/me.ts';
import { mySecondFactor } from './queries/second-factor.ts';
import {
  anonymousContext,
  contextOf,
  enterAuthenticator,
  insertGrant,
  insertMinistry,
  insertSession,
  insertUser,
  systemContext,
  testPassword,
} from './testing.ts';
import { codeOfStep, stepAt } from './totp.ts';

const start = new Date('2026-11-23T02:00:00Z');
const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
const client = { address: '203.0.113.7', userAgent: null };
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

/** An official at the door with the right password: what they see there, and what their cookie opens. */
async function atTheDoor(db: Database, email: string, now = start) {
  const ctx = anonymousContext(db, () => now);
  const { cookie, owes } = await signIn(ctx, { email, password: testPassword }, client);
  const waiting = await waitingSession(ctx, () => cookie.value);
  const inside = (value = cookie.value, at = now) => actorOfRequest(db, () => value, at);
  return { ctx, owes, waiting: waiting!, cookie, inside };
}

async function official(db: Database, email = 'duc@soyte.example.vn') {
  const userId = await insertUser(db, { official: true, email });
  const secret = await enterAuthenticator(db, userId);
  const codeAt = (now: Date, steps = 0) => codeOfStep(secret, stepAt(now) + steps);
  return { userId, email, codeAt };
}

describe('an official with an authenticator', () => {
  test('is nobody after the password, and let in by the code with a new cookie', async ({ db }) => {
    const { email, codeAt } = await official(db);
    const { ctx, owes, waiting, cookie, inside } = await atTheDoor(db, email);
    expect(owes).toBe('code');
    expect(waiting.enrolment).toBeNull();
    expect((await inside()).kind).toBe('anonymous');
    const given = await giveCode(ctx, waiting, { otp: codeAt(start) }, client);
    expect(await inside(given.cookie.value)).toMatchObject({ kind: 'person', official: true, assurance: 2 });
    expect((await inside(cookie.value)).kind).toBe('anonymous');
    expect(await waitingSession(ctx, () => given.cookie.value)).toBeNull();
  });

  test('uses a code once, also in another session, and none older than the last', async ({ db }) => {
    const { email, codeAt } = await official(db);
    const first = await atTheDoor(db, email);
    await giveCode(first.ctx, first.waiting, { otp: codeAt(start) }, client);
    const second = await atTheDoor(db, email);
    for (const steps of [0, -1])
      expect(await code(giveCode(second.ctx, second.waiting, { otp: codeAt(start, steps) }, client))).toBe(
        'invalidInput',
      );
    expect(await code(giveCode(second.ctx, second.waiting, { otp: codeAt(start, 1) }, client))).toBe('done');
  });

  test('may be half a minute early or late and no more', async ({ db }) => {
    const { email, codeAt } = await official(db);
    for (const steps of [-2, 2]) {
      const { ctx, waiting } = await atTheDoor(db, email);
      expect(await code(giveCode(ctx, waiting, { otp: codeAt(start, steps) }, client))).toBe('invalidInput');
    }
    for (const steps of [-1, 1]) {
      const { ctx, waiting } = await atTheDoor(db, email);
      const typed = codeAt(start, steps).replace(/^.../, '$& ');
      expect(await code(giveCode(ctx, waiting, { otp: typed }, client))).toBe('done');
    }
  });

  test('of two requests with one code at the same moment gets in once', async ({ own }) => {
    const { email, codeAt } = await official(own.db);
    const doors = await Promise.all([atTheDoor(own.db, email), atTheDoor(own.db, email)]);
    const outcomes = await Promise.all(
      doors.map(({ ctx, waiting }) => code(giveCode(ctx, waiting, { otp: codeAt(start) }, client))),
    );
    expect(outcomes.sort()).toEqual(['done', 'invalidInput']);
  });

  test('who guesses is stopped after eight, though the right code comes then', async ({ db }) => {
    const { email, codeAt } = await official(db);
    const { ctx, waiting } = await atTheDoor(db, email);
    for (let guess = 0; guess < 8; guess += 1)
      expect(await code(giveCode(ctx, waiting, { otp: '000000' }, client))).toBe('invalidInput');
    expect(await code(giveCode(ctx, waiting, { otp: codeAt(start) }, client))).toBe('limit');
    const refused = await db.select().from(auditEntries).where(eq(auditEntries.action, 'session.second-factor'));
    expect(refused.map((row) => row.outcome)).toEqual(Array(8).fill('refused'));
  });

  test('has a quarter of an hour for the code, and none once shut out', async ({ db }) => {
    const { userId, email, codeAt } = await official(db);
    const late = await atTheDoor(db, email);
    const lateCtx = { ...late.ctx, now: () => later(15 * 60) };
    expect(await waitingSession(lateCtx, () => late.cookie.value)).toBeNull();
    expect(await code(giveCode(lateCtx, late.waiting, { otp: codeAt(later(15 * 60)) }, client))).toBe(
      'unauthenticated',
    );
    const { ctx, waiting, cookie } = await atTheDoor(db, email);
    const ministry = await insertMinistry(db);
    const adminId = await insertUser(db, { official: true });
    await insertGrant(db, adminId, 'admin', ministry);
    await disableOfficial(await contextOf(db, adminId, true, () => start), { userId });
    expect(await waitingSession(ctx, () => cookie.value)).toBeNull();
    expect(await code(giveCode(ctx, waiting, { otp: codeAt(start) }, client))).toBe('unauthenticated');
  });

  test('sees no waiting sign-in among their sessions', async ({ db }) => {
    const { userId, email } = await official(db);
    await atTheDoor(db, email);
    const ctx = await contextOf(db, userId, true, () => start);
    expect(await mySessions(ctx, {})).toHaveLength(1);
  });
});

describe('an official without a second factor', () => {
  test('can set one up and nothing else; the first code counts and is spent', async ({ db }) => {
    const email = 'moi@soyte.example.vn';
    const userId = await insertUser(db, { official: true, email });
    const door = await atTheDoor(db, email);
    expect(door.owes).toBe('enrolment');
    expect(await viewer({ ...door.ctx, actor: await door.inside() }, {})).toBeNull();
    const secret = door.waiting.enrolment!.key.replaceAll(' ', '');
    expect(door.waiting.enrolment!.uri).toMatch(/^otpauth:\/\/totp\/.*moi%40soyte\.example\.vn\?secret=/);
    expect(await code(giveCode(door.ctx, door.waiting, { otp: codeOfStep(secret, stepAt(start)) }, client))).toBe(
      'invalidInput',
    );
    expect(await code(confirmEnrolment(door.ctx, door.waiting, { otp: '000000' }, client))).toBe('invalidInput');
    const otp = codeOfStep(secret, stepAt(start));
    const { cookie } = await confirmEnrolment(door.ctx, door.waiting, { otp }, client);
    expect(await door.inside(cookie.value)).toMatchObject({ userId, assurance: 2 });
    const again = await atTheDoor(db, email);
    expect(again.owes).toBe('code');
    expect(await code(giveCode(again.ctx, again.waiting, { otp }, client))).toBe('invalidInput');
    const [stored] = await db.select().from(totpFactors).where(eq(totpFactors.userId, userId));
    expect(stored!.secret).not.toContain(secret);
    const audited = await db.select().from(auditEntries).where(eq(auditEntries.action, 'authenticator.enrol'));
    expect(audited.map((row) => row.outcome)).toEqual(['refused', 'done']);
  });

  test('is not overtaken by somebody who only knows the password', async ({ db }) => {
    const email = 'moi@soyte.example.vn';
    await insertUser(db, { official: true, email });
    const thief = await atTheDoor(db, email);
    const owner = await atTheDoor(db, email);
    const key = (door: typeof thief) => door.waiting.enrolment!.key.replaceAll(' ', '');
    expect(key(thief)).not.toBe(key(owner));
    await confirmEnrolment(owner.ctx, owner.waiting, { otp: codeOfStep(key(owner), stepAt(start)) }, client);
    const otp = codeOfStep(key(thief), stepAt(start));
    expect(await code(confirmEnrolment(thief.ctx, thief.waiting, { otp }, client))).toBe('unauthenticated');
  });

  test('is not let in by a session from before second factors were asked for', async ({ db }) => {
    const userId = await insertUser(db, { official: true });
    await insertSession(db, userId, true, start);
    await db.update(sessions).set({ secondFactorAt: null, assurance: 1 }).where(eq(sessions.userId, userId));
    const token = await insertSession(db, userId, true, start);
    await db.update(sessions).set({ secondFactorAt: null, assurance: 2 }).where(eq(sessions.userId, userId));
    expect((await actorOfToken(db, token, start)).kind).toBe('anonymous');
  });
});

describe('backup codes', () => {
  test('are ten, kept as digests, shown until they are kept, and work once each', async ({ db }) => {
    const { userId, email } = await official(db);
    const ctx = await contextOf(db, userId, true, () => start);
    await renewBackupCodes(ctx, {});
    const { codesToShow } = await mySecondFactor(ctx, {});
    expect(new Set(codesToShow).size).toBe(10);
    expect(codesToShow.every((one) => /^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/.test(one))).toBe(true);
    const stored = JSON.stringify(await db.select().from(backupCodes).where(eq(backupCodes.userId, userId)));
    expect(codesToShow.some((one) => stored.includes(one.replaceAll('-', '')))).toBe(false);
    await keepBackupCodes(ctx, {});
    expect(await mySecondFactor(ctx, {})).toMatchObject({ codesToShow: [], codesLeft: 10 });
    const door = await atTheDoor(db, email);
    const otp = codesToShow[0]!.toLowerCase().replaceAll('-', ' ');
    expect(await code(giveCode(door.ctx, door.waiting, { otp }, client))).toBe('done');
    const again = await atTheDoor(db, email);
    expect(await code(giveCode(again.ctx, again.waiting, { otp }, client))).toBe('invalidInput');
    expect(await mySecondFactor(ctx, {})).toMatchObject({ codesLeft: 9 });
    await renewBackupCodes(ctx, {});
    const old = await atTheDoor(db, email);
    expect(await code(giveCode(old.ctx, old.waiting, { otp: codesToShow[1]! }, client))).toBe('invalidInput');
  });

  test('tell their owner by mail when one is used, how many are left, and the audit log which it was', async ({
    own,
  }) => {
    const { db } = own;
    const { userId, email, codeAt } = await official(db);
    const ctx = await contextOf(db, userId, true, () => start);
    await renewBackupCodes(ctx, {});
    const { codesToShow } = await mySecondFactor(ctx, {});
    const door = await atTheDoor(db, email);
    expect(await giveCode(door.ctx, door.waiting, { otp: codesToShow[0]! }, client)).toMatchObject({
      by: 'backupCode',
    });
    const told = async () =>
      (
        await own.ownerDb.execute<{ payload: { kind: string; data: unknown } }>(
          sql`select payload from graphile_worker._private_jobs`,
        )
      ).flatMap(({ payload }) => (payload.kind === 'backup-code-used' ? [payload.data] : []));
    expect(await told()).toMatchObject([{ left: 9 }]);
    const other = await atTheDoor(db, email);
    expect(await giveCode(other.ctx, other.waiting, { otp: codeAt(start) }, client)).toMatchObject({
      by: 'authenticator',
    });
    expect(await told()).toHaveLength(1);
    const rows = await db.select().from(auditEntries).where(eq(auditEntries.action, 'session.second-factor'));
    expect(rows.map((row) => (row.details as { by?: string }).by)).toEqual(['backupCode', 'authenticator']);
  });

  test('of somebody else open nothing', async ({ db }) => {
    const mine = await official(db);
    const ctx = await contextOf(db, mine.userId, true, () => start);
    await renewBackupCodes(ctx, {});
    const { codesToShow } = await mySecondFactor(ctx, {});
    const theirs = await official(db, 'ha@soyte.example.vn');
    const door = await atTheDoor(db, theirs.email);
    expect(await code(giveCode(door.ctx, door.waiting, { otp: codesToShow[0]! }, client))).toBe('invalidInput');
  });
});

describe('another telephone', () => {
  test('is set up after a fresh second factor; the old one works until then and the other sessions end', async ({
    db,
  }) => {
    const { userId, email, codeAt } = await official(db);
    const elsewhere = await contextOf(db, userId, true, () => start);
    const ctx = await contextOf(db, userId, true, () => start);
    const stale = { ...ctx, actor: { ...ctx.actor, assurance: 1 } as typeof ctx.actor };
    expect(await code(beginEnrolment(stale, {}))).toBe('forbidden');
    await beginEnrolment(ctx, {});
    const door = await atTheDoor(db, email);
    expect(await code(giveCode(door.ctx, door.waiting, { otp: codeAt(start) }, client))).toBe('done');
    const secret = (await mySecondFactor(ctx, {})).enrolment!.key.replaceAll(' ', '');
    const { sessionId } = ctx.actor.kind === 'person' ? ctx.actor : { sessionId: '' };
    await confirmEnrolment(ctx, { sessionId, userId }, { otp: codeOfStep(secret, stepAt(start)) }, client);
    expect(await mySessions(elsewhere, {})).toHaveLength(1);
    expect(await mySecondFactor(ctx, {})).toMatchObject({ enrolment: null, codesLeft: 10 });
    const old = await atTheDoor(db, email, later(90));
    expect(await code(giveCode(old.ctx, old.waiting, { otp: codeAt(later(90)) }, client))).toBe('invalidInput');
  });
});

describe('a lost device', () => {
  test('is answered by another administrator: factors gone, sessions ended, person told, all audited', async ({
    own,
  }) => {
    const { db } = own;
    const { userId, email, codeAt } = await official(db);
    const theirs = await contextOf(db, userId, true, () => start);
    const ministry = await insertMinistry(db);
    const adminId = await insertUser(db, { official: true });
    await insertGrant(db, adminId, 'admin', ministry);
    const admin = await contextOf(db, adminId, true, () => start);
    expect(await code(resetSecondFactor(admin, { userId: adminId }))).toBe('forbidden');
    expect(await code(resetSecondFactor(theirs, { userId: adminId }))).toBe('notFound');
    await resetSecondFactor(admin, { userId });
    expect(await mySessions(theirs, {})).toEqual([]);
    const door = await atTheDoor(db, email);
    expect(door.owes).toBe('enrolment');
    expect(await code(giveCode(door.ctx, door.waiting, { otp: codeAt(start) }, client))).toBe('invalidInput');
    const audited = await db.select().from(auditEntries).where(eq(auditEntries.action, 'official.reset-second-factor'));
    expect(audited.map((row) => row.outcome)).toEqual(['refused', 'refused', 'done']);
    const mails = await own.ownerDb.execute<{ payload: { kind: string; to: string } }>(
      sql`select payload from graphile_worker._private_jobs`,
    );
    expect(mails.some(({ payload }) => payload.kind === 'second-factor-reset' && payload.to === email)).toBe(true);
  });

  test('of the last administrator is answered from the command line of the host', async ({ db }) => {
    const { email } = await official(db, 'chau@moh.example.vn');
    await insertMinistry(db);
    await createFirstAdministrator(
      systemContext(db, () => start),
      { email, name: 'Ngô Minh Châu' },
    );
    expect((await atTheDoor(db, email)).owes).toBe('enrolment');
  });
});

test('a replaced AUTH_SECRET takes the keys of authenticators along, from the command line of the host', async ({
  db,
}) => {
  const { userId, email, codeAt } = await official(db);
  const settings = env();
  const former = settings.authSecret!;
  const system = systemContext(db, () => start);
  settings.authSecret = 'the secret that takes its place from today';
  settings.formerAuthSecrets.push(former);
  try {
    const ctx = await contextOf(db, userId, true, () => start);
    expect(await code(renewAuthenticatorKeys(ctx, {}))).toBe('forbidden');
    expect(await renewAuthenticatorKeys(system, {})).toEqual({ current: 0, renewed: 1, lost: 0 });
    expect(await renewAuthenticatorKeys(system, {})).toEqual({ current: 1, renewed: 0, lost: 0 });
    settings.formerAuthSecrets.pop();
    const { ctx: door, waiting } = await atTheDoor(db, email);
    expect(await code(giveCode(door, waiting, { otp: codeAt(start) }, client))).toBe('done');
    settings.authSecret = 'a secret that nobody ever named anywhere';
    expect(await renewAuthenticatorKeys(system, {})).toEqual({ current: 0, renewed: 0, lost: 1 });
  } finally {
    settings.authSecret = former;
    settings.formerAuthSecrets.length = 0;
  }
});

test('a key is made of 160 bits, another each time', () => {
  const keys = Array.from({ length: 50 }, newTotpSecret);
  expect(new Set(keys).size).toBe(50);
  expect(keys.every((key) => /^[A-Z2-7]{32}$/.test(key))).toBe(true);
});
