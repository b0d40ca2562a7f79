import { eq } from 'drizzle-orm';
import { encode } from 'next-auth/jwt';
import { describe, expect } from 'vitest';
import { connect } from '#db/client.ts';
import { memberships, organisations, sessions } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { env } from '#server/platform/env.ts';
import { as } from '#server/platform/index.ts';
import {
  actFor,
  actorOfRequest,
  actorOfToken,
  addRepresentative,
  createBusiness,
  disableOfficial,
  grantRole,
  leftOfSession,
  removeRepresentative,
  revokeGrant,
  revokeSession,
  signIn,
  signOut,
  signOutEverywhere,
  updateBusiness,
  updateProfile,
} from './index.ts';
import { mySessions, viewer } from './queries/me.ts';
import { sessionCookie, sessionCookieName } from './session-cookie.ts';
import {
  anonymousContext,
  contextOf,
  insertGrant,
  insertMembership,
  insertMinistry,
  insertOrganisation,
  insertSession,
  insertUser,
  testPassword,
} from './testing.ts';

const at = new Date('2026-11-23T02:00:00Z');
const clock = () => at;
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const business = {
  taxCode: '0109 999 100',
  name: 'Nhà thuốc Thử',
  representativeName: 'Trần Thị An',
  provinceCode: '01',
  address: '1 phố Thử',
};

describe('what is left of a session', () => {
  const cookieOf = async (token: string) => {
    const { name, value } = await sessionCookie(token, later(60), at);
    return (asked: string) => (asked === name ? value : undefined);
  };

  test('is told without prolonging it', async ({ db }) => {
    const token = await insertSession(db, await insertUser(db, { official: true }), true, at);
    const cookie = await cookieOf(token);
    const [before] = await db.select().from(sessions);
    const left = await leftOfSession(db, cookie, later(10));
    expect(left).toEqual({ idle: 20 * 60_000, whole: before!.expiresAt.getTime() - later(10).getTime() });
    expect((await db.select().from(sessions))[0]!.lastSeenAt).toEqual(before!.lastSeenAt);
    await actorOfRequest(db, cookie, later(10));
    expect((await leftOfSession(db, cookie, later(10)))?.idle).toBe(30 * 60_000);
  });

  test('is nothing for strangers, for a session that has ended, and for who still owes the second factor', async ({
    db,
  }) => {
    const userId = await insertUser(db, { official: true });
    const cookie = await cookieOf(await insertSession(db, userId, true, at));
    expect(await leftOfSession(db, () => undefined, at)).toBeNull();
    expect(await leftOfSession(db, () => 'not a cookie of ours', at)).toBeNull();
    expect(await leftOfSession(db, cookie, later(30))).toBeNull();
    await db.update(sessions).set({ awaitsSecondFactor: true });
    expect(await leftOfSession(db, cookie, at)).toBeNull();
  });
});

describe('a session', () => {
  test('is gone with the next request after signing out, everywhere or in one place', async ({ db }) => {
    const userId = await insertUser(db);
    const here = await insertSession(db, userId, false, at);
    const there = await insertSession(db, userId, false, at);
    const ctx = as(anonymousContext(db, clock), await actorOfToken(db, here, at));
    await signOut(ctx, {});
    expect((await actorOfToken(db, here, at)).kind).toBe('anonymous');
    expect((await actorOfToken(db, there, at)).kind).toBe('person');
    await signOutEverywhere(as(ctx, await actorOfToken(db, there, at)), {});
    expect((await actorOfToken(db, there, at)).kind).toBe('anonymous');
  });

  test('is kept alive by use, once a minute in the table, and ends when idle or at its end', async ({ db }) => {
    const userId = await insertUser(db, { official: true });
    const token = await insertSession(db, userId, true, at);
    const seen = async () => (await db.select().from(sessions).where(eq(sessions.userId, userId)))[0]!.lastSeenAt;
    await actorOfToken(db, token, new Date(at.getTime() + 30_000));
    expect(await seen()).toEqual(at);
    for (let minutes = 29; minutes < 12 * 60; minutes += 29) {
      expect((await actorOfToken(db, token, later(minutes))).kind).toBe('person');
      expect(await seen()).toEqual(later(minutes));
    }
    expect((await actorOfToken(db, token, later(12 * 60))).kind).toBe('anonymous');
    const idle = await insertSession(db, userId, true, at);
    expect((await actorOfToken(db, idle, later(30))).kind).toBe('anonymous');
  });

  test('does nothing for a person who was shut out', async ({ db }) => {
    const userId = await insertUser(db, { disabledAt: at });
    expect((await actorOfToken(db, await insertSession(db, userId, false, at), at)).kind).toBe('anonymous');
  });

  test('believes nothing in a cookie but its random id', async ({ db }) => {
    const userId = await insertUser(db);
    const officialId = await insertUser(db, { official: true });
    const token = await insertSession(db, userId, false, at);
    const forged = (claims: Record<string, unknown>, secret = process.env.AUTH_SECRET!) =>
      encode({ token: claims, secret, maxAge: 600 });
    const asked = async (value: string) =>
      actorOfRequest(db, (name) => (name === sessionCookieName() ? value : undefined), at);
    const claims = {
      sid: token,
      sub: officialId,
      userId: officialId,
      official: true,
      email: 'admin@example.vn',
      grants: [{ role: 'admin' }],
    };
    expect(await asked(await forged(claims))).toMatchObject({ userId, official: false, grants: [] });
    expect((await asked(await forged({ sub: officialId, official: true }))).kind).toBe('anonymous');
    expect((await asked(await forged({ sid: token }, 'another secret that is also long enough'))).kind).toBe(
      'anonymous',
    );
    expect((await asked('not.a.cookie')).kind).toBe('anonymous');
  });

  test('ends at once in every process when its owner is shut out or signs out everywhere', async ({ own }) => {
    const elsewhere = connect(own.url, { max: 2 });
    try {
      const userId = await insertUser(own.db, { official: true });
      const [one, two] = [await insertSession(own.db, userId, true, at), await insertSession(own.db, userId, true, at)];
      expect((await actorOfToken(elsewhere, two, at)).kind).toBe('person');
      await signOutEverywhere(as(anonymousContext(own.db, clock), await actorOfToken(own.db, one, at)), {});
      expect((await actorOfToken(elsewhere, two, at)).kind).toBe('anonymous');
      const third = await insertSession(own.db, userId, true, at);
      expect((await actorOfToken(elsewhere, third, at)).kind).toBe('person');
      const admin = await insertUser(own.db, { official: true });
      await insertGrant(own.db, admin, 'admin', await insertMinistry(own.db));
      await disableOfficial(await contextOf(own.db, admin, true, clock), { userId });
      expect((await actorOfToken(elsewhere, third, at)).kind).toBe('anonymous');
    } finally {
      await elsewhere.$client.end();
    }
  });

  test('ends when the rights of its owner change', async ({ db }) => {
    const ministry = await insertMinistry(db);
    const adminId = await insertUser(db, { official: true });
    await insertGrant(db, adminId, 'admin', ministry);
    const admin = await contextOf(db, adminId, true, clock);
    const userId = await insertUser(db, { official: true });
    const before = await insertSession(db, userId, true, at);
    const { grantId } = await grantRole(admin, { userId, role: 'officer', organisationId: ministry });
    expect((await actorOfToken(db, before, at)).kind).toBe('anonymous');
    const held = await insertSession(db, userId, true, at);
    await revokeGrant(admin, { grantId });
    expect((await actorOfToken(db, held, at)).kind).toBe('anonymous');
  });

  test('goes on when the secret is replaced, as long as the former one is kept', async ({ db }) => {
    const token = await insertSession(db, await insertUser(db), false, at);
    const former = 'the secret that was used until yesterday';
    const value = await encode({ token: { sid: token }, secret: former, maxAge: 600 });
    const asked = async () => (await actorOfRequest(db, () => value, at)).kind;
    expect(await asked()).toBe('anonymous');
    env().formerAuthSecrets.push(former);
    try {
      expect(await asked()).toBe('person');
    } finally {
      env().formerAuthSecrets.pop();
    }
  });

  test('of somebody else cannot be ended, nor seen', async ({ db }) => {
    const mine = await contextOf(db, await insertUser(db), false, clock);
    const theirs = await contextOf(db, await insertUser(db), false, clock);
    const theirSession = theirs.actor.kind === 'person' ? theirs.actor.sessionId : '';
    expect(await code(revokeSession(mine, { sessionId: theirSession }))).toBe('notFound');
    expect(await code(revokeSession(mine, { sessionId: '018f0000-0000-7000-8000-000000000000' }))).toBe('notFound');
    expect((await mySessions(mine, {})).map((session) => session.current)).toEqual([true]);
    expect(await code(revokeSession(theirs, { sessionId: theirSession }))).toBe('done');
    const rows = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, 'session.revoke'))
      .orderBy(auditEntries.id);
    expect(rows.map((row) => row.outcome)).toEqual(['refused', 'refused', 'done']);
  });

  test('of an official carries grants as they are now', async ({ db }) => {
    const userId = await insertUser(db, { official: true });
    const token = await insertSession(db, userId, true, at);
    expect(await actorOfToken(db, token, at)).toMatchObject({ grants: [] });
    const organisationId = await insertOrganisation(db);
    await insertGrant(db, userId, 'leader', organisationId);
    expect(await actorOfToken(db, token, at)).toMatchObject({
      grants: [{ role: 'leader', organisationId, unitPath: null, provinceCode: null }],
    });
  });
});

describe('acting for a business', () => {
  test('begins when it is entered, and can be changed to another or to oneself', async ({ db }) => {
    const userId = await insertUser(db);
    const token = await insertSession(db, userId, false, at);
    const ctx = async () => as(anonymousContext(db, clock), await actorOfToken(db, token, at));
    const first = await createBusiness(await ctx(), business);
    expect(await viewer(await ctx(), {})).toMatchObject({
      actingFor: { id: first.id, name: 'Nhà thuốc Thử' },
      businesses: 1,
    });
    const second = await createBusiness(await ctx(), { ...business, taxCode: '0109999100-002', name: 'Chi nhánh' });
    await actFor(await ctx(), { organisationId: first.id });
    expect((await ctx()).actor).toMatchObject({
      actingFor: first.id,
      memberships: expect.arrayContaining([first.id, second.id]),
    });
    await actFor(await ctx(), { organisationId: '' });
    expect((await ctx()).actor).toMatchObject({ actingFor: null });
    const [row] = await db.select().from(organisations).where(eq(organisations.id, second.id));
    expect(row).toMatchObject({ kind: 'business', taxCode: '0109999100002' });
  });

  test('goes on at the next sign-in where it was left, and begins with the business entered first', async ({ db }) => {
    const userId = await insertUser(db, { email: 'an@example.vn' });
    const first = await insertOrganisation(db, { kind: 'business', name: 'Một', provinceCode: '01' });
    const second = await insertOrganisation(db, { kind: 'business', name: 'Hai', provinceCode: '01' });
    await insertMembership(db, userId, first);
    await db
      .insert(memberships)
      .values({ userId, organisationId: second, role: 'owner', createdAt: later(10 * 365 * 24 * 60) });
    const enter = async (now: Date) => {
      const ctx = anonymousContext(db, () => now);
      const { cookie } = await signIn(
        ctx,
        { email: 'an@example.vn', password: testPassword },
        { address: null, userAgent: null },
      );
      return as(ctx, await actorOfRequest(db, () => cookie.value, now));
    };
    const ctx = await enter(at);
    expect(ctx.actor).toMatchObject({ actingFor: first });
    await actFor(ctx, { organisationId: second });
    const again = await enter(later(1));
    expect(again.actor).toMatchObject({ actingFor: second });
    await actFor(again, { organisationId: null });
    expect((await enter(later(2))).actor).toMatchObject({ actingFor: null });
  });

  test('is for those it belongs to: to others it does not exist', async ({ db }) => {
    const owner = await contextOf(db, await insertUser(db), false, clock);
    const { id } = await createBusiness(owner, business);
    const stranger = await contextOf(db, await insertUser(db), false, clock);
    const official = await contextOf(db, await insertUser(db, { official: true }), true, clock);
    expect(await code(actFor(stranger, { organisationId: id }))).toBe('notFound');
    expect(await code(updateBusiness(stranger, { organisationId: id, ...business, taxCode: undefined } as never))).toBe(
      'invalidInput',
    );
    const { taxCode: _taxCode, ...facts } = business;
    expect(await code(updateBusiness(stranger, { organisationId: id, ...facts }))).toBe('notFound');
    expect(await code(actFor(official, { organisationId: null }))).toBe('forbidden');
    expect(await code(createBusiness(official, business))).toBe('forbidden');
    expect(await code(createBusiness(anonymousContext(db, clock), business))).toBe('unauthenticated');
  });

  test('cannot be had by entering its tax code again', async ({ db }) => {
    await createBusiness(await contextOf(db, await insertUser(db), false, clock), business);
    const other = await contextOf(db, await insertUser(db), false, clock);
    await expect(createBusiness(other, { ...business, taxCode: '0109999100' })).rejects.toMatchObject({
      details: { fields: [{ path: 'taxCode', reason: 'identity.errors.taxCodeTaken' }] },
    });
  });

  test('is shared by the owner and ends at once when the owner says so', async ({ db }) => {
    const ownerId = await insertUser(db);
    const helperId = await insertUser(db, { email: 'helper@example.vn' });
    const organisationId = await insertOrganisation(db, { kind: 'business', name: 'Nhà thuốc', provinceCode: '01' });
    await insertMembership(db, ownerId, organisationId);
    const owner = await contextOf(db, ownerId, false, clock);
    await addRepresentative(owner, { organisationId, email: 'HELPER@example.vn' });
    const token = await insertSession(db, helperId, false, at);
    const helper = async () => as(anonymousContext(db, clock), await actorOfToken(db, token, at));
    await actFor(await helper(), { organisationId });
    expect(await code(addRepresentative(await helper(), { organisationId, email: 'x@example.vn' }))).toBe('forbidden');
    expect(await code(removeRepresentative(await helper(), { organisationId, userId: ownerId }))).toBe('forbidden');
    await removeRepresentative(owner, { organisationId, userId: helperId });
    expect((await helper()).actor).toMatchObject({ actingFor: null, memberships: [] });
    expect(await code(removeRepresentative(owner, { organisationId, userId: ownerId }))).toBe('invalidState');
    expect(await db.select().from(memberships).where(eq(memberships.organisationId, organisationId))).toHaveLength(1);
  });
});

describe("one's own profile", () => {
  test('changes for applicants; the name of an official is not theirs to change', async ({ db }) => {
    const facts = { name: 'Tên  mới', phone: '+84 912 345 678', citizenId: '001 090 000 001', locale: 'en' as const };
    const applicant = await contextOf(db, await insertUser(db), false, clock);
    await updateProfile(applicant, facts);
    expect(await viewer({ ...applicant, actor: applicant.actor }, {})).toMatchObject({ official: false });
    const official = await contextOf(db, await insertUser(db, { official: true, name: 'Tên cũ' }), true, clock);
    await updateProfile(official, facts);
    const { myProfile } = await import('./queries/me.ts');
    expect(await myProfile(applicant, {})).toMatchObject({
      name: 'Tên mới',
      phone: '0912345678',
      citizenId: '001090000001',
      locale: 'en',
    });
    expect(await myProfile(official, {})).toMatchObject({ name: 'Tên cũ', phone: '0912345678', post: null });
    expect(await code(updateProfile(anonymousContext(db, clock), facts))).toBe('unauthenticated');
    expect(await viewer(anonymousContext(db, clock), {})).toBeNull();
  });
});
