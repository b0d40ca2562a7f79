import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { passkeyChallenges, passkeys } from '#db/schema/identity.ts';
import { env } from '#server/platform/env.ts';
import { AppError, type Context, newId, type TxContext, transaction } from '#server/platform/index.ts';
import type { PasskeyAnswer } from './inputs.ts';
import { passkeyChallengeEnd } from './rules.ts';
import { digestOf, newToken } from './session-cookie.ts';

/** Passkeys (WebAuthn level 2): this site as the relying party, the challenges it gives, the keys it knows. */

export type PasskeyPurpose = 'register' | 'sign-in' | 'step-up';
export type PasskeyRow = typeof passkeys.$inferSelect;

/** What browsers bind a passkey to: the host people use, and nothing a request says. */
export const relyingParty = (): { name: string; id: string; origin: string } => {
  const { hostname, origin } = new URL(env().appUrl);
  return { name: 'Một Cửa', id: hostname, origin };
};

/** The same words whatever was wrong. */
export const wrongPasskey = (): AppError => new AppError('invalidInput', 'security.errors.wrongPasskey');

export const passkeysOf = (db: Reader, userId: string): Promise<PasskeyRow[]> =>
  db.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(passkeys.createdAt, passkeys.id);

/** Gives out a challenge for one purpose and, but for signing in, one person. Old ones are cleared away. */
export async function newChallenge(ctx: TxContext, purpose: PasskeyPurpose, userId: string | null): Promise<string> {
  const now = ctx.now();
  const challenge = newToken();
  await ctx.tx.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now));
  await ctx.tx.insert(passkeyChallenges).values({
    id: newId(),
    challengeHash: digestOf(challenge),
    purpose,
    userId,
    expiresAt: passkeyChallengeEnd(now),
    createdAt: now,
  });
  return challenge;
}

/**
 * Takes the challenge an answer was made for out of use, at once and for good, whether the answer is right or not.
 * @throws AppError when it was never given, was used, has expired, or was for something or somebody else
 */
export async function spendChallenge(
  ctx: Context,
  answer: PasskeyAnswer,
  purpose: PasskeyPurpose,
  userId: string | null,
): Promise<string> {
  const challenge = challengeIn(answer);
  const spent = await transaction(ctx, ({ tx }) =>
    tx
      .update(passkeyChallenges)
      .set({ usedAt: ctx.now() })
      .where(
        and(
          eq(passkeyChallenges.challengeHash, digestOf(challenge)),
          eq(passkeyChallenges.purpose, purpose),
          userId === null ? isNull(passkeyChallenges.userId) : eq(passkeyChallenges.userId, userId),
          isNull(passkeyChallenges.usedAt),
          gt(passkeyChallenges.expiresAt, ctx.now()),
        ),
      )
      .returning({ id: passkeyChallenges.id }),
  );
  if (spent.length !== 1) throw wrongPasskey();
  return challenge;
}

function challengeIn(answer: PasskeyAnswer): string {
  try {
    const data = JSON.parse(Buffer.from(answer.response.clientDataJSON, 'base64url').toString('utf8')) as {
      challenge?: unknown;
    };
    if (typeof data.challenge === 'string') return data.challenge;
  } catch {
    // not what a browser makes
  }
  throw wrongPasskey();
}

export async function findPasskey(db: Reader, credentialId: string): Promise<PasskeyRow | null> {
  const [row] = await db.select().from(passkeys).where(eq(passkeys.credentialId, credentialId));
  return row ?? null;
}

/**
 * Checks a signed answer against the key it names: origin, host, user verified, signature, counter.
 * @returns the key's new counter
 */
export async function checkAssertion(answer: PasskeyAnswer, challenge: string, key: PasskeyRow): Promise<number> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { id, origin } = relyingParty();
  const { authenticatorData, signature } = answer.response;
  if (authenticatorData === undefined || signature === undefined) throw wrongPasskey();
  const result = await verifyAuthenticationResponse({
    response: {
      ...answer,
      response: { ...answer.response, authenticatorData, signature },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    credential: {
      id: key.credentialId,
      publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
      counter: key.counter,
    },
  }).catch(() => null);
  if (!result?.verified || !result.authenticationInfo.userVerified) throw wrongPasskey();
  return result.authenticationInfo.newCounter;
}

/** Writes the counter down. A counter that another answer has reached meanwhile means a copy of the key: refused. */
export async function recordUse(ctx: TxContext, key: PasskeyRow, counter: number): Promise<void> {
  const moved = await ctx.tx
    .update(passkeys)
    .set({ counter, lastUsedAt: ctx.now() })
    .where(
      and(
        eq(passkeys.id, key.id),
        sql`(${passkeys.counter} < ${counter} or (${passkeys.counter} = 0 and ${counter} = 0))`,
      ),
    )
    .returning({ id: passkeys.id });
  if (moved.length !== 1) throw wrongPasskey();
}
