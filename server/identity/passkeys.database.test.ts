import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { passkeyChallenges, passkeys, users } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import type { Context, Person } from '#server/platform/index.ts';
import { removePasskey } from './commands/register-passkey.ts';
import { actorOfRequest, askPasskey, givePasskey, offerPasskey, registerPasskey } from './index.ts';
import type { PasskeyAnswer } from './inputs.ts';
import { mySecondFactor } from './queries/second-factor.ts';
import { anonymousContext, contextOf, insertUser } from './testing.ts';

process.env.APP_URL = 'https://motcua.example.vn';
const at = new Date('2026-11-23T02:00:00Z');
const clock = () => at;
const client = { address: '203.0.113.9', userAgent: null };
const wrong = { code: 'invalidInput', reason: 'security.errors.wrongPasskey' };
const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

interface Pretence {
  origin?: string;
  host?: string;
  verified?: boolean;
  type?: string;
  counter?: number;
  signer?: KeyObject;
}

/** An authenticator as the standard has it (ES256, no attestation), which can be told to do it wrong. */
function authenticator() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  let signatures = 0;
  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authData = (host: string, flags: number, counter: number, rest = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(host), Buffer.from([flags]), count, rest]);
  };
  const bytes = (value: Uint8Array) => Buffer.concat([Buffer.from([0x58, value.length]), value]);
  const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
  // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const coordinate = (value: string | undefined) => bytes(Buffer.from(value!, 'base64url'));
  const cose = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    coordinate(x),
    Buffer.from([0x22]),
    coordinate(y),
  ]);
  const answer = (response: PasskeyAnswer['response']): PasskeyAnswer => ({
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    response,
  });
  return {
    id: base64url(id),
    create(challenge: string, as: Pretence = {}): PasskeyAnswer {
      const idLength = Buffer.from([0, id.length]);
      const attested = Buffer.concat([Buffer.alloc(16), idLength, id, cose]);
      const data = authData(as.host ?? 'motcua.example.vn', as.verified === false ? 0x41 : 0x45, 0, attested);
      const length = Buffer.alloc(3);
      length.writeUInt8(0x59);
      length.writeUInt16BE(data.length, 1);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        length,
        data,
      ]);
      return answer({
        clientDataJSON: base64url(
          clientData(as.type ?? 'webauthn.create', challenge, as.origin ?? 'https://motcua.example.vn'),
        ),
        attestationObject: base64url(attestation),
      });
    },
    get(challenge: string, as: Pretence = {}): PasskeyAnswer {
      signatures += 1;
      const json = clientData(as.type ?? 'webauthn.get', challenge, as.origin ?? 'https://motcua.example.vn');
      const flags = as.verified === false ? 0x01 : 0x05;
      const data = authData(as.host ?? 'motcua.example.vn', flags, as.counter ?? signatures);
      const signature = sign('sha256', Buffer.concat([data, sha256(json)]), as.signer ?? privateKey);
      return answer({
        clientDataJSON: base64url(json),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      });
    },
  };
}

async function officialWithPasskey(db: Database) {
  const userId = await insertUser(db, { official: true });
  const ctx = await contextOf(db, userId, true, clock);
  const key = authenticator();
  const { challenge } = await offerPasskey(ctx);
  await registerPasskey(ctx, key.create(challenge), { name: 'Điện thoại' });
  const anyone = anonymousContext(db, clock);
  const asked = async () => (await askPasskey(anyone, null, client)).challenge;
  return { userId, ctx, key, anyone, asked };
}

describe('a passkey', () => {
  test('is added under a name, and lets in by itself as two factors', async ({ db }) => {
    const { userId, ctx, key, anyone, asked } = await officialWithPasskey(db);
    expect((await mySecondFactor(ctx, {})).passkeys).toMatchObject([{ name: 'Điện thoại', lastUsedAt: null }]);
    const { cookie, official } = await givePasskey(anyone, null, key.get(await asked()), client);
    expect(official).toBe(true);
    const actor = await actorOfRequest(db, () => cookie.value, at);
    expect(actor).toMatchObject({ kind: 'person', userId, assurance: 2 });
    const audited = await db.select().from(auditEntries).where(eq(auditEntries.action, 'session.passkey'));
    expect(audited.map((row) => row.outcome)).toEqual(['done']);
  });

  test('steps an open session of its owner up, and nobody else’s', async ({ db }) => {
    const { userId, key, anyone } = await officialWithPasskey(db);
    const { sessionId } = (await contextOf(db, userId, true, clock)).actor as Person;
    const options = await askPasskey(anyone, { sessionId, userId }, client);
    expect(options.allowCredentials?.map(({ id }) => id)).toEqual([key.id]);
    expect(options.userVerification).toBe('required');
    const given = await givePasskey(anyone, { sessionId, userId }, key.get(options.challenge), client);
    expect(await actorOfRequest(db, () => given.cookie.value, at)).toMatchObject({ sessionId, assurance: 2 });
    const other = await insertUser(db, { official: true });
    const theirs = (await contextOf(db, other, true, clock)).actor as Person;
    const ref = { sessionId: theirs.sessionId, userId: other };
    const { challenge } = await askPasskey(anyone, ref, client);
    await expect(givePasskey(anyone, ref, key.get(challenge), client)).rejects.toMatchObject(wrong);
  });

  test.for<[string, Pretence]>([
    ['another site', { origin: 'https://motcua.example.vn.evil.example' }],
    ['another port', { origin: 'https://motcua.example.vn:8443' }],
    ['a page without TLS', { origin: 'http://motcua.example.vn' }],
    ['another host', { host: 'evil.example' }],
    ['no verified person', { verified: false }],
    ['the making of a key', { type: 'webauthn.create' }],
    ['another key', { signer: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
    ['a counter that stands still', { counter: 5 }],
  ])('is refused for %s, always in the same words', async ([, pretence], { db }) => {
    const { key, anyone, asked } = await officialWithPasskey(db);
    await givePasskey(anyone, null, key.get(await asked(), { counter: 5 }), client);
    await expect(givePasskey(anyone, null, key.get(await asked(), pretence), client)).rejects.toMatchObject(wrong);
  });

  test('answers each challenge once, in five minutes, for what it was given for', async ({ db }) => {
    const { ctx, userId, key, anyone, asked } = await officialWithPasskey(db);
    const challenge = await asked();
    await givePasskey(anyone, null, key.get(challenge), client);
    await expect(givePasskey(anyone, null, key.get(challenge), client)).rejects.toMatchObject(wrong);
    const failed = await asked();
    await expect(givePasskey(anyone, null, key.get(failed, { host: 'x' }), client)).rejects.toMatchObject(wrong);
    await expect(givePasskey(anyone, null, key.get(failed), client)).rejects.toMatchObject(wrong);
    await expect(givePasskey(anyone, null, key.get(base64url(randomBytes(32))), client)).rejects.toMatchObject(wrong);
    const late: Context = { ...anyone, now: () => new Date(at.getTime() + 5 * 60_000) };
    await expect(givePasskey(late, null, key.get(await asked()), client)).rejects.toMatchObject(wrong);
    const { challenge: offered } = await offerPasskey(ctx);
    await expect(givePasskey(anyone, null, key.get(offered), client)).rejects.toMatchObject(wrong);
    const { sessionId } = ctx.actor as Person;
    const { challenge: own } = await askPasskey(anyone, { sessionId, userId }, client);
    await expect(givePasskey(anyone, null, key.get(own), client)).rejects.toMatchObject(wrong);
    expect(JSON.stringify(await db.select().from(passkeyChallenges))).not.toContain(own);
  });

  test('of two answers with one counter at the same moment lets in once', async ({ own }) => {
    const { key, anyone, asked } = await officialWithPasskey(own.db);
    const answers = await Promise.all([asked(), asked()]);
    const outcomes = await Promise.allSettled(
      answers.map((challenge) => givePasskey(anyone, null, key.get(challenge, { counter: 9 }), client)),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('lets nobody in once removed, once its owner is shut out, or with an ended session', async ({ db }) => {
    const { userId, ctx, key, anyone, asked } = await officialWithPasskey(db);
    await db.update(users).set({ disabledAt: at }).where(eq(users.id, userId));
    await expect(givePasskey(anyone, null, key.get(await asked()), client)).rejects.toMatchObject(wrong);
    await db.update(users).set({ disabledAt: null }).where(eq(users.id, userId));
    const [row] = await db.select().from(passkeys).where(eq(passkeys.userId, userId));
    const stranger = await contextOf(db, await insertUser(db, { official: true }), true, clock);
    await expect(removePasskey(stranger, { passkeyId: row!.id })).rejects.toMatchObject({ code: 'notFound' });
    await removePasskey(ctx, { passkeyId: row!.id });
    await expect(givePasskey(anyone, null, key.get(await asked()), client)).rejects.toMatchObject(wrong);
  });
});

describe('adding a passkey', () => {
  test.for<[string, Pretence]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another host', { host: 'evil.example' }],
    ['no verified person', { verified: false }],
    ['an answer instead', { type: 'webauthn.get' }],
  ])('is refused for %s', async ([, pretence], { db }) => {
    const ctx = await contextOf(db, await insertUser(db, { official: true }), true, clock);
    const { challenge } = await offerPasskey(ctx);
    const made = authenticator().create(challenge, pretence);
    await expect(registerPasskey(ctx, made, { name: 'A' })).rejects.toMatchObject(wrong);
  });

  test('needs a fresh second factor, a challenge of one’s own, and a key that is nobody’s yet', async ({ db }) => {
    const { ctx, key } = await officialWithPasskey(db);
    const stale = { ...ctx, actor: { ...(ctx.actor as Person), assurance: 1 } };
    await expect(offerPasskey(stale)).rejects.toMatchObject({ reason: 'security.errors.stepUp' });
    const other = await contextOf(db, await insertUser(db, { official: true }), true, clock);
    const { challenge: mine } = await offerPasskey(ctx);
    await expect(registerPasskey(other, authenticator().create(mine), { name: 'A' })).rejects.toMatchObject(wrong);
    const { challenge: theirs } = await offerPasskey(other);
    await expect(registerPasskey(other, key.create(theirs), { name: 'A' })).rejects.toMatchObject(wrong);
    const applicant = await contextOf(db, await insertUser(db), false, clock);
    await expect(offerPasskey(applicant)).rejects.toMatchObject({ reason: 'security.errors.officialsOnly' });
    await expect(offerPasskey(anonymousContext(db, clock))).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
