import { asc, desc, eq } from 'drizzle-orm';
import { memberships, sessions } from '#db/schema/identity.ts';
import { newId, type TxContext } from '#server/platform/index.ts';
import type { UserRow } from './records.ts';
import { secondFactorEnd, sessionEnd } from './rules.ts';
import { seal } from './sealed.ts';
import { hasAuthenticator } from './second-factor.ts';
import { digestOf, newToken } from './session-cookie.ts';
import { newTotpSecret } from './totp.ts';

export interface StartedSession {
  id: string;
  userId: string;
  token: string;
  expiresAt: Date;
  official: boolean;
  /** what is still to be given before anybody is signed in by it */
  owes: 'code' | 'enrolment' | null;
}

/**
 * A new session of somebody who has proved who they are, in the open transaction. An official is let in by a second
 * factor only; where that was part of the proof, at once.
 * @param secondFactorAt when it was given; null when it was not
 */
export async function startSession(
  ctx: TxContext,
  user: UserRow,
  userAgent: string | null,
  secondFactorAt: Date | null,
): Promise<StartedSession> {
  const now = ctx.now();
  const token = newToken();
  const owes =
    user.official && secondFactorAt === null
      ? (await hasAuthenticator(ctx.tx, user.id))
        ? 'code'
        : 'enrolment'
      : null;
  const session = {
    id: newId(),
    tokenHash: digestOf(token),
    userId: user.id,
    actingFor: user.official ? null : await actedForLast(ctx, user.id),
    assurance: secondFactorAt === null ? 1 : 2,
    secondFactorAt,
    awaitsSecondFactor: owes !== null,
    enrolmentSecret: owes === 'enrolment' ? seal(newTotpSecret()) : null,
    expiresAt: owes === null ? sessionEnd(user.official, now) : secondFactorEnd(now),
  };
  await ctx.tx
    .insert(sessions)
    .values({ ...session, userAgent: userAgent?.slice(0, 300) ?? null, createdAt: now, lastSeenAt: now });
  return { id: session.id, userId: user.id, token, expiresAt: session.expiresAt, official: user.official, owes };
}

/** For whom an applicant acts at first: as last time, or the first time for the business entered first, if there is one. */
async function actedForLast(ctx: TxContext, userId: string): Promise<string | null> {
  const held = await ctx.tx
    .select({ organisationId: memberships.organisationId })
    .from(memberships)
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.createdAt), asc(memberships.organisationId));
  const [last] = await ctx.tx
    .select({ actingFor: sessions.actingFor })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(1);
  if (last === undefined) return held[0]?.organisationId ?? null;
  return held.some((each) => each.organisationId === last.actingFor) ? last.actingFor : null;
}
