import { generateKeyPairSync } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { identityLinks, sessions, users } from '#db/schema/identity.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { as } from '#server/platform/index.ts';
import {
  actorOfRequest,
  giveCode,
  signIn,
  signInByProvider,
  signOut,
  startAtProvider,
  tripIn,
  waitingSession,
} from './index.ts';
import {
  at,
  audited,
  client,
  clock,
  leave,
  linkTo,
  person,
  provider,
  signInThere,
  unknownOf,
} from './testing/elsewhere.ts';
import { type Lie, testProvider } from './testing/provider.ts';
import { anonymousContext, enterAuthenticator, insertUser, testPassword } from './testing.ts';
import { presentCode } from './totp.ts';

afterAll(() => provider.close());

const refused = { code: 'invalidInput', reason: 'provider.errors.refused' };
const openSessions = async (db: Database) => (await db.select().from(sessions)).length;

describe('signing in at another provider', () => {
  test('sends the browser there with state, nonce and a challenge, and nothing of them in clear', async ({ db }) => {
    const ctx = anonymousContext(db, clock);
    const { address, cookie } = await startAtProvider(ctx, { next: null, locale: 'vi' }, client);
    const asked = Object.fromEntries(new URL(address).searchParams);
    const trip = (await tripIn(cookie.value, at))!;
    expect(asked).toMatchObject({
      client_id: 'mot-cua',
      redirect_uri: 'https://motcua.example.vn/api/sign-in/callback',
      response_type: 'code',
      code_challenge_method: 'S256',
      acr_values: 'loa3 loa4',
      max_age: '900',
      state: trip.state,
      nonce: trip.nonce,
    });
    expect(`${address}${cookie.value}`).not.toContain(trip.verifier);
    expect(cookie.name).toMatch(/^__Host-/);
    expect(cookie.options).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax' });
  });

  test('opens the account that is linked to this issuer and subject', async ({ db }) => {
    const userId = await insertUser(db);
    await linkTo(db, userId);
    const outcome = await signInThere(db);
    expect(outcome).toMatchObject({ kind: 'known', official: false, owes: null });
    expect(await actorOfRequest(db, () => outcome.cookie.value, at)).toMatchObject({
      kind: 'person',
      userId,
      assurance: 1,
    });
    expect(await audited(db, 'session.provider')).toEqual([{ outcome: 'done', subjectId: userId }]);
    const call = provider.seen.findLast(({ path }) => path === '/token');
    expect(call?.authorization).toMatch(/^Basic /);
  });

  test('opens the same account when the address there has changed, and leaves the address here alone', async ({
    db,
  }) => {
    const other = await insertUser(db, { email: 'new@example.vn' });
    const userId = await insertUser(db, { email: 'old@example.vn' });
    await linkTo(db, userId);
    const outcome = await signInThere(db, { ...person, email: 'new@example.vn' });
    expect(await actorOfRequest(db, () => outcome.cookie.value, at)).toMatchObject({ userId, email: 'old@example.vn' });
    expect(await db.select().from(sessions).where(eq(sessions.userId, other))).toEqual([]);
  });

  test('does not open an account that merely has the same address', async ({ db }) => {
    await insertUser(db, { email: person.email });
    const before = await openSessions(db);
    expect((await signInThere(db)).kind).toBe('unknown');
    expect(await openSessions(db)).toBe(before);
    expect(await db.select().from(identityLinks)).toEqual([]);
  });

  test('gives nothing but an applicant’s session, whatever else the provider claims', async ({ db }) => {
    const userId = await insertUser(db);
    await linkTo(db, userId);
    const claims = { official: true, roles: ['admin'], groups: ['admin'], grants: [{ role: 'admin' }], acr: 'loa4' };
    const outcome = await signInThere(db, { ...person, ...claims });
    const actor = await actorOfRequest(db, () => outcome.cookie.value, at);
    expect(actor).toMatchObject({ userId, official: false, grants: [], memberships: [], assurance: 1 });
    const [user] = await db.select().from(users).where(eq(users.id, userId));
    expect(user).toMatchObject({ official: false, name: 'Nguyễn Văn Thử' });
  });

  test('ends with signing out, and the answer that opened it opens nothing more', async ({ db }) => {
    await linkTo(db, await insertUser(db));
    const { ctx, address, trip } = await leave(db);
    const answer = provider.agree(address, person);
    const { cookie } = await signInByProvider(ctx, trip, answer, client);
    const actor = () => actorOfRequest(db, () => cookie.value, at);
    await signOut(as(ctx, await actor()), {});
    expect(await actor()).toMatchObject({ kind: 'anonymous' });
    await expect(signInByProvider(ctx, trip, answer, client)).rejects.toMatchObject(refused);
    expect(await actor()).toMatchObject({ kind: 'anonymous' });
  });

  test('does not open a disabled account', async ({ db }) => {
    await linkTo(db, await insertUser(db, { disabledAt: at }));
    await expect(signInThere(db)).rejects.toMatchObject(refused);
    expect(await openSessions(db)).toBe(0);
  });
});

describe('an answer that is not right', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const seconds = Math.floor(Date.now() / 1000);
  const lies: [string, Lie][] = [
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['another audience', { claims: { aud: 'somebody-else' } }],
    ['two audiences, meant for the other', { claims: { aud: ['mot-cua', 'other'], azp: 'other' } }],
    ['another nonce', { claims: { nonce: 'another' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['an end in the past', { claims: { iat: seconds - 900, exp: seconds - 600 } }],
    ['no end', { claims: { exp: undefined } }],
    ['no subject', { claims: { sub: undefined } }],
    ['a subject too long', { claims: { sub: 'x'.repeat(256) } }],
    ['another key', { key: stranger }],
    ['a key nobody knows', { key: stranger, header: { kid: 'two' } }],
    ['claims that were changed after they were signed', { forged: { sub: person.sub, email: 'vua@example.vn' } }],
    ['the algorithm none', { header: { alg: 'none' }, unsigned: true }],
    ['the algorithm HS256', { header: { alg: 'HS256' } }],
    ['no signature', { unsigned: true }],
  ];

  test.for(lies)('is refused: %s; nobody is signed in, and it is written down', async ([, lie], { db }) => {
    await linkTo(db, await insertUser(db));
    await expect(signInThere(db, person, lie)).rejects.toMatchObject(refused);
    expect(await openSessions(db)).toBe(0);
    expect(await audited(db, 'session.provider')).toMatchObject([{ outcome: 'refused' }]);
  });

  test('is refused without the state of this browser, or with another, or with two', async ({ db }) => {
    await linkTo(db, await insertUser(db));
    const turns: ((answer: URLSearchParams) => void)[] = [
      (answer) => answer.delete('state'),
      (answer) => answer.set('state', 'another'),
      (answer) => answer.append('state', answer.get('state')!),
      (answer) => answer.append('code', 'another'),
      (answer) => answer.delete('code'),
      // the token of a flow that was not asked for does not take the place of the code
      (answer) => {
        answer.delete('code');
        answer.set('id_token', 'a.b.c');
      },
    ];
    for (const turn of turns) {
      const { ctx, address, trip } = await leave(db);
      const answer = provider.agree(address, person);
      turn(answer);
      await expect(signInByProvider(ctx, trip, answer, client)).rejects.toMatchObject(refused);
    }
    expect(await openSessions(db)).toBe(0);
  });

  test('is refused when it says that another provider gave it', async ({ db }) => {
    await linkTo(db, await insertUser(db));
    for (const iss of ['https://evil.example', '']) {
      const { ctx, address, trip } = await leave(db);
      const answer = provider.agree(address, person);
      answer.set('iss', iss);
      await expect(signInByProvider(ctx, trip, answer, client)).rejects.toMatchObject(refused);
    }
    const { ctx, address, trip } = await leave(db);
    const answer = provider.agree(address, person);
    answer.set('iss', provider.issuer);
    expect(await signInByProvider(ctx, trip, answer, client)).toMatchObject({ kind: 'known' });
  });

  test('is refused in a browser that did not ask, or asked for another one', async ({ db }) => {
    await linkTo(db, await insertUser(db));
    const [mine, theirs] = [await leave(db), await leave(db)];
    const answer = provider.agree(theirs.address, person);
    await expect(signInByProvider(mine.ctx, null, answer, client)).rejects.toMatchObject(refused);
    await expect(signInByProvider(mine.ctx, mine.trip, answer, client)).rejects.toMatchObject(refused);
    expect((await audited(db, 'session.provider')).map((row) => row.outcome)).toEqual(['refused', 'refused']);
  });

  test('is refused with a code that was made for another way there', async ({ db }) => {
    await linkTo(db, await insertUser(db));
    const [mine, theirs] = [await leave(db), await leave(db)];
    const answer = new URLSearchParams({
      code: provider.agree(theirs.address, person).get('code')!,
      state: mine.trip!.state,
    });
    await expect(signInByProvider(mine.ctx, mine.trip, answer, client)).rejects.toMatchObject(refused);
  });

  test('is refused a second time, also hours later, and also when the provider would take the code again', async ({
    db,
  }) => {
    await linkTo(db, await insertUser(db));
    const { ctx, address, trip } = await leave(db);
    const answer = provider.agree(address, person);
    await signInByProvider(ctx, trip, answer, client);
    const calls = () => provider.seen.filter(({ path }) => path === '/token').length;
    const before = calls();
    const later = anonymousContext(db, () => new Date(at.getTime() + 3 * 60 * 60_000));
    for (const again of [ctx, later])
      await expect(signInByProvider(again, trip, answer, client)).rejects.toMatchObject(refused);
    const anew = provider.agree(address, person);
    await expect(signInByProvider(ctx, trip, anew, client)).rejects.toMatchObject(refused);
    expect(calls()).toBe(before);
    expect(await openSessions(db)).toBe(1);
  });

  test('is refused when it comes after ten minutes', async ({ db }) => {
    const { cookie } = await startAtProvider(anonymousContext(db, clock), { next: null, locale: 'vi' }, client);
    expect(await tripIn(cookie.value, new Date(at.getTime() + 9 * 60_000))).not.toBeNull();
    expect(await tripIn(cookie.value, new Date(at.getTime() + 10 * 60_000))).toBeNull();
    expect(await tripIn(`${cookie.value}x`, at)).toBeNull();
    expect(await tripIn(undefined, at)).toBeNull();
  });

  test('says that the person declined', async ({ db }) => {
    const { ctx, trip } = await leave(db);
    const answer = new URLSearchParams({ error: 'access_denied', state: trip!.state });
    await expect(signInByProvider(ctx, trip, answer, client)).rejects.toMatchObject({
      code: 'invalidState',
      reason: 'provider.errors.declined',
    });
    expect(await audited(db, 'session.provider')).toMatchObject([{ outcome: 'refused' }]);
  });
});

describe('an official who signs in at another provider', () => {
  const official = async (db: Database) => {
    const userId = await insertUser(db, { official: true });
    const secret = await enterAuthenticator(db, userId);
    await linkTo(db, userId);
    return { userId, secret };
  };

  test('is in with two factors where the provider vouches for them', async ({ db }) => {
    const { userId } = await official(db);
    const outcome = await signInThere(db, { ...person, acr: 'loa4' });
    expect(outcome).toMatchObject({ kind: 'known', official: true, owes: null });
    expect(await actorOfRequest(db, () => outcome.cookie.value, at)).toMatchObject({ userId, assurance: 2 });
  });

  test('has given it when they gave it there, not when they came back', async ({ db }) => {
    const { userId } = await official(db);
    const outcome = await signInThere(db, { ...person, acr: 'loa4', auth_time: now - 14 * 60 });
    const in2Minutes = new Date(at.getTime() + 2 * 60_000);
    expect(await actorOfRequest(db, () => outcome.cookie.value, in2Minutes)).toMatchObject({ userId, assurance: 1 });
  });

  const now = Math.floor(Date.now() / 1000);
  test.for<[string, Record<string, unknown>]>([
    ['a lower level', { acr: 'loa2' }],
    ['no level', {}],
    ['a level of long ago', { acr: 'loa4', auth_time: now - 60 * 60 }],
    ['a level of the future', { acr: 'loa4', auth_time: now + 60 * 60 }],
    ['a level of nobody knows when', { acr: 'loa4', auth_time: undefined }],
    ['levels in a list', { acr: ['loa4'] }],
  ])('still owes the second factor with %s', async ([, claims], { db }) => {
    const { userId, secret } = await official(db);
    const outcome = await signInThere(db, { ...person, ...claims });
    expect(outcome).toMatchObject({ kind: 'known', owes: 'code' });
    expect(await actorOfRequest(db, () => outcome.cookie.value, at)).toMatchObject({ kind: 'anonymous' });
    const ctx = anonymousContext(db, clock);
    const waiting = await waitingSession(ctx, () => outcome.cookie.value);
    const given = await giveCode(ctx, waiting!, { otp: presentCode(secret, at, 0) }, client);
    expect(await actorOfRequest(db, () => given.cookie.value, at)).toMatchObject({ userId, assurance: 2 });
  });
});

describe('a provider that is down', () => {
  test('is told from an answer that is wrong, and passwords work meanwhile', async ({ db }) => {
    const userId = await insertUser(db, { email: 'mine@example.vn' });
    const { ctx, address, trip } = await leave(db);
    provider.setDown(true);
    try {
      const away = { code: 'unavailable', reason: 'provider.errors.unavailable' };
      await expect(signInByProvider(ctx, trip, provider.agree(address, person), client)).rejects.toMatchObject(away);
      await expect(startAtProvider(ctx, { next: null, locale: 'vi' }, client)).rejects.toMatchObject(away);
      const { cookie } = await signIn(ctx, { email: 'mine@example.vn', password: testPassword }, client);
      expect(await actorOfRequest(db, () => cookie.value, at)).toMatchObject({ userId });
    } finally {
      provider.setDown(false);
    }
    expect((await leave(db)).trip).not.toBeNull();
  });

  /** A provider is read anew after it failed. */
  const readAnew = async (db: Database, description: Record<string, unknown>) => {
    const { ctx, address, trip } = await leave(db);
    provider.setDown(true);
    await expect(signInByProvider(ctx, trip, provider.agree(address, person), client)).rejects.toThrow();
    provider.setDown(false);
    provider.describe(description);
  };

  test('or whose description leads elsewhere is not followed there', async ({ db }) => {
    const elsewhere = await testProvider();
    try {
      for (const endpoint of ['token_endpoint', 'jwks_uri']) {
        await readAnew(db, { [endpoint]: `${elsewhere.issuer}/token` });
        await expect(signInThere(db)).rejects.toMatchObject({ reason: 'provider.errors.unavailable' });
        provider.describe({});
      }
      expect(elsewhere.seen).toEqual([]);
      await readAnew(db, { issuer: elsewhere.issuer });
      await expect(signInThere(db)).rejects.toMatchObject({ code: 'unavailable' });
    } finally {
      elsewhere.close();
      provider.describe({});
    }
  });

  test('is asked for the address where its token leaves it out, and believed only for the same subject', async ({
    db,
  }) => {
    await readAnew(db, { userinfo_endpoint: `${provider.issuer}/me` });
    try {
      provider.setUserinfo({ sub: person.sub, email: 'LAN@example.vn', email_verified: true });
      expect((await unknownOf(db, { sub: person.sub })).unknown).toMatchObject({ email: 'lan@example.vn' });
      provider.setUserinfo({ sub: 'another', email: 'giam-doc@example.vn', email_verified: true });
      expect((await unknownOf(db, { sub: person.sub })).unknown).toMatchObject({ subject: person.sub, email: null });
    } finally {
      await readAnew(db, {});
    }
  });
});
