import { and, count, eq, isNull } from 'drizzle-orm';
import { backupCodes, sessions, totpFactors, users } from '#db/schema/identity.ts';
import { env } from '#server/platform/env.ts';
import { AppError, type Context, query, reader } from '#server/platform/index.ts';
import type { SessionRef } from '../commands/give-code.ts';
import { Nothing } from '../inputs.ts';
import { passkeysOf } from '../passkeys.ts';
import { officialOnly } from '../policy.ts';
import { isLive } from '../rules.ts';
import { unseal } from '../sealed.ts';
import { demoCodeOf } from '../second-factor.ts';
import { digestOf, sessionCookieName, tokenIn } from '../session-cookie.ts';
import { totpUri } from '../totp.ts';

/** An authenticator being set up: its key in groups of four, and what the QR code says. */
export interface EnrolmentView {
  key: string;
  uri: string;
}

const enrolmentView = (sealed: string | null, email: string): EnrolmentView | null => {
  const secret = sealed === null ? null : unseal(sealed);
  return secret === null ? null : { key: secret.replace(/.{4}(?=.)/g, '$& '), uri: totpUri(secret, email) };
};

/** Somebody who gave the right password and no second factor yet. */
export interface WaitingView extends SessionRef {
  name: string;
  hasPasskey: boolean;
  /** null: an authenticator is there, its code is asked for */
  enrolment: EnrolmentView | null;
  /** the code of a demo account */
  demoCode: string | null;
}

/** The session of a request that waits for its second factor; null when there is none. It lets nobody in. */
export async function waitingSession(
  ctx: Context,
  cookie: (name: string) => string | undefined,
): Promise<WaitingView | null> {
  const token = await tokenIn(cookie(sessionCookieName()));
  if (token === null) return null;
  const [row] = await ctx.db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.tokenHash, digestOf(token)));
  if (!row?.session.awaitsSecondFactor || row.user.disabledAt !== null) return null;
  if (!isLive(row.session, row.user.official, ctx.now())) return null;
  const { session, user } = row;
  return {
    sessionId: session.id,
    userId: user.id,
    name: user.name,
    hasPasskey: (await passkeysOf(ctx.db, user.id)).length > 0,
    enrolment: enrolmentView(session.enrolmentSecret, user.email),
    demoCode: env().demo && user.demo ? await demoCodeOf(ctx.db, user.id, ctx.now()) : null,
  };
}

export interface SecondFactorView {
  /** when the authenticator was set up */
  since: Date;
  /** how many backup codes are left */
  codesLeft: number;
  /** codes just made, until they are said to be kept */
  codesToShow: string[];
  /** another authenticator being set up */
  enrolment: EnrolmentView | null;
  passkeys: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[];
}

/** One's own second factors. */
export const mySecondFactor = query({
  input: Nothing,
  load: async (_db, _input, ctx) => ctx.actor,
  allow: (actor) => officialOnly(actor),
  view: async (ctx, actor): Promise<SecondFactorView> => {
    if (actor.kind !== 'person') throw new AppError('unauthenticated', 'errors.unauthenticated');
    const db = reader(ctx);
    const [factor] = await db.select().from(totpFactors).where(eq(totpFactors.userId, actor.userId));
    const [left] = await db
      .select({ count: count() })
      .from(backupCodes)
      .where(and(eq(backupCodes.userId, actor.userId), isNull(backupCodes.usedAt)));
    const [session] = await db.select().from(sessions).where(eq(sessions.id, actor.sessionId));
    const shown = session?.codesToShow ? unseal(session.codesToShow) : null;
    const keys = await passkeysOf(db, actor.userId);
    return {
      since: factor?.createdAt ?? ctx.now(),
      codesLeft: left?.count ?? 0,
      codesToShow: shown === null ? [] : shown.split(' '),
      enrolment: enrolmentView(session?.enrolmentSecret ?? null, actor.email),
      passkeys: keys.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt, lastUsedAt })),
    };
  },
});
