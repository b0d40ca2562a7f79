import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { sessions } from '#db/schema/identity.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { as, freshAssurance, type Person, systemActor } from '#server/platform/index.ts';
import { resetSecondFactor } from './commands/reset-second-factor.ts';
import {
  actorOfRequest,
  actorOfToken,
  assignPost,
  createOfficial,
  disableOfficial,
  enableOfficial,
  giveCode,
  grantRole,
  revokeGrant,
} from './index.ts';
import {
  anonymousContext,
  contextOf,
  enterAuthenticator,
  insertGrant,
  insertMinistry,
  insertSession,
  insertUnit,
  insertUser,
  officialWith,
} from './testing.ts';
import { codeOfStep, stepAt } from './totp.ts';

const at = new Date('2026-11-23T02:00:00Z');
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const client = { address: null, userAgent: null };
const stepUp = { code: 'forbidden', reason: 'security.errors.stepUp' };

async function administrator(db: Database) {
  const ministry = await insertMinistry(db);
  const unit = await insertUnit(db, ministry);
  const adminId = await insertUser(db, { official: true });
  await insertGrant(db, adminId, 'admin', ministry);
  return { ministry, unit, adminId };
}

describe('a second factor', () => {
  test('counts for decisions a quarter of an hour, then again once a code is given; the cookie is replaced', async ({
    db,
  }) => {
    const userId = await insertUser(db, { official: true });
    const secret = await enterAuthenticator(db, userId);
    const token = await insertSession(db, userId, true, at);
    expect(await actorOfToken(db, token, later(14))).toMatchObject({ assurance: 2 });
    const actor = (await actorOfToken(db, token, later(15))) as Person;
    expect(actor).toMatchObject({ kind: 'person', assurance: 1 });
    const now = later(16);
    const ctx = as(
      anonymousContext(db, () => now),
      actor,
    );
    const { sessionId } = actor;
    await expect(giveCode(ctx, { sessionId, userId }, { otp: '000000' }, client)).rejects.toMatchObject({
      details: { fields: [{ path: 'otp', reason: 'security.errors.wrongCode' }] },
    });
    const [before] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
    const { cookie } = await giveCode(ctx, { sessionId, userId }, { otp: codeOfStep(secret, stepAt(now)) }, client);
    expect(await actorOfRequest(db, () => cookie.value, now)).toMatchObject({ sessionId, assurance: 2 });
    expect((await actorOfToken(db, token, now)).kind).toBe('anonymous');
    const [renewed] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
    expect(renewed!.expiresAt).toEqual(before!.expiresAt);
  });

  test('is not asked of applicants nor of the system, and lifts no refusal', () => {
    const official = officialWith([]) as Person;
    expect(freshAssurance({ ...official, assurance: 1 }, { allowed: true })).toMatchObject({
      allowed: false,
      reason: stepUp.reason,
    });
    const refused = { allowed: false, reason: 'errors.notFound', hidden: true } as const;
    for (const verdict of [{ allowed: true } as const, refused]) {
      expect(freshAssurance(official, verdict)).toEqual(verdict);
      expect(freshAssurance({ ...official, official: false, assurance: 1 }, verdict)).toEqual(verdict);
      expect(freshAssurance(systemActor('test'), verdict)).toEqual(verdict);
    }
    expect(freshAssurance({ ...official, assurance: 1 }, refused)).toEqual(refused);
  });
});

test('grants, posts and accounts of officials change only by an administrator with a fresh second factor', async ({
  db,
}) => {
  const { ministry, unit, adminId } = await administrator(db);
  const userId = await insertUser(db, { official: true });
  const grantId = await insertGrant(db, userId, 'officer', ministry);
  const fresh = await contextOf(db, adminId, true, () => at);
  const stale = as(fresh, { ...(fresh.actor as Person), assurance: 1 });
  const post = { unitId: unit.id, title: 'Chuyên viên' };
  const acts: ((ctx: typeof fresh) => Promise<unknown>)[] = [
    (ctx) => grantRole(ctx, { userId, role: 'leader', organisationId: ministry }),
    (ctx) => revokeGrant(ctx, { grantId }),
    (ctx) => assignPost(ctx, { userId, ...post }),
    (ctx) => createOfficial(ctx, { name: 'Lê Thu Hà', email: 'ha@example.vn', ...post }),
    (ctx) => disableOfficial(ctx, { userId }),
    (ctx) => enableOfficial(ctx, { userId }),
    (ctx) => resetSecondFactor(ctx, { userId }),
  ];
  for (const act of acts) await expect(act(stale)).rejects.toMatchObject(stepUp);
  for (const act of acts) await act(fresh);
});
