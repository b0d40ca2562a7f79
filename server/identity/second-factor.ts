import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { backupCodes, identityLinks, passkeys, sessions, totpFactors } from '#db/schema/identity.ts';
import { AppError, newId, newSecret, type TxContext } from '#server/platform/index.ts';
import { sendMail } from './mails.ts';
import { lockUser, revokeSessions, type UserRow } from './records.ts';
import { canonicalBackupCode, isLive, isTotpCode, sessionEnd } from './rules.ts';
import { seal, unseal } from './sealed.ts';
import { digestOf, newToken } from './session-cookie.ts';
import { acceptedStep, presentCode } from './totp.ts';

/** Rows of second factors: what somebody has, and what a code does to it. */

export type SessionRow = typeof sessions.$inferSelect;

export const wrongCode = (): AppError =>
  new AppError('invalidInput', 'errors.invalidInput', {
    fields: [{ path: 'otp', reason: 'security.errors.wrongCode' }],
  });

/** Whether a person has an authenticator app: without one an official can only set one up. */
export async function hasAuthenticator(db: Reader, userId: string): Promise<boolean> {
  const rows = await db.select({ userId: totpFactors.userId }).from(totpFactors).where(eq(totpFactors.userId, userId));
  return rows.length > 0;
}

/** Locks a session with the person it is of, always in this order; throws `unauthenticated` when it has ended. */
export async function lockSession(ctx: TxContext, sessionId: string): Promise<{ user: UserRow; session: SessionRow }> {
  const ended = new AppError('unauthenticated', 'errors.unauthenticated');
  const [found] = await ctx.tx.select({ userId: sessions.userId }).from(sessions).where(eq(sessions.id, sessionId));
  if (!found) throw ended;
  const user = await lockUser(ctx, found.userId);
  const [session] = await ctx.tx.select().from(sessions).where(eq(sessions.id, sessionId)).for('update');
  if (!session || user.disabledAt !== null || !isLive(session, user.official, ctx.now())) throw ended;
  return { user, session };
}

/** Spends a code of the authenticator, or a backup code: neither works again. Which of them it was; null when it is none. */
export async function spendCode(
  ctx: TxContext,
  userId: string,
  code: string,
): Promise<'authenticator' | 'backupCode' | null> {
  if (isTotpCode(code)) {
    const [factor] = await ctx.tx.select().from(totpFactors).where(eq(totpFactors.userId, userId)).for('update');
    const secret = factor ? unseal(factor.secret) : null;
    const step = factor && secret ? acceptedStep(secret, code, ctx.now(), factor.lastStep) : null;
    if (step === null || !secret) return null;
    // sealed anew, so that a replaced AUTH_SECRET is forgotten by and by
    await ctx.tx
      .update(totpFactors)
      .set({ lastStep: step, secret: seal(secret) })
      .where(eq(totpFactors.userId, userId));
    return 'authenticator';
  }
  const spent = await ctx.tx
    .update(backupCodes)
    .set({ usedAt: ctx.now() })
    .where(
      and(
        eq(backupCodes.userId, userId),
        eq(backupCodes.codeHash, digestOf(canonicalBackupCode(code))),
        isNull(backupCodes.usedAt),
      ),
    )
    .returning({ id: backupCodes.id });
  return spent.length === 1 ? 'backupCode' : null;
}

/** How many backup codes of a person still work. */
export async function codesLeft(db: Reader, userId: string): Promise<number> {
  const rows = await db
    .select({ id: backupCodes.id })
    .from(backupCodes)
    .where(and(eq(backupCodes.userId, userId), isNull(backupCodes.usedAt)));
  return rows.length;
}

/** A second factor was given: the session opens if it waited for that, and its random id is replaced. */
export async function strengthen(
  ctx: TxContext,
  user: UserRow,
  session: SessionRow,
): Promise<{ token: string; expiresAt: Date }> {
  const now = ctx.now();
  const token = newToken();
  const expiresAt = session.awaitsSecondFactor ? sessionEnd(user.official, now) : session.expiresAt;
  await ctx.tx
    .update(sessions)
    .set({
      tokenHash: digestOf(token),
      assurance: 2,
      secondFactorAt: now,
      awaitsSecondFactor: false,
      lastSeenAt: now,
      expiresAt,
    })
    .where(eq(sessions.id, session.id));
  return { token, expiresAt };
}

/** Stores a confirmed authenticator in place of an earlier one. */
export async function storeAuthenticator(
  ctx: TxContext,
  userId: string,
  secret: string,
  lastStep: number,
): Promise<void> {
  const values = { secret: seal(secret), lastStep, createdAt: ctx.now() };
  await ctx.tx
    .insert(totpFactors)
    .values({ userId, ...values })
    .onConflictDoUpdate({ target: totpFactors.userId, set: values });
}

/** Ten new backup codes instead of all earlier ones, as they are shown: four groups of four. */
export async function makeBackupCodes(ctx: TxContext, userId: string): Promise<string[]> {
  const codes = Array.from({ length: 10 }, () => newSecret(16));
  await ctx.tx.delete(backupCodes).where(eq(backupCodes.userId, userId));
  await ctx.tx
    .insert(backupCodes)
    .values(codes.map((code) => ({ id: newId(), userId, codeHash: digestOf(code), createdAt: ctx.now() })));
  return codes.map((code) => code.replace(/.{4}(?=.)/g, '$&-'));
}

/** Takes every second factor of a person away, with their links to other providers (which may vouch for one), and ends their sessions: the next sign-in leads to setting one up. */
export async function removeFactors(ctx: TxContext, user: UserRow): Promise<void> {
  for (const table of [totpFactors, backupCodes, passkeys, identityLinks])
    await ctx.tx.delete(table).where(eq(table.userId, user.id));
  await revokeSessions(ctx, user.id);
}

/** Tells a person that something about their ways in has changed. */
export const tellOwner = (
  ctx: TxContext,
  user: UserRow,
  kind: 'second-factor-added' | 'second-factor-reset' | 'passkey-added' | 'identity-linked' | 'backup-code-used',
  data: Record<string, number> = {},
): Promise<void> => sendMail(ctx, user, kind, `${user.id}:${newId()}`, '/my/profile', data);

/** The code a demo account could type now; null for one without an authenticator. */
export async function demoCodeOf(db: Reader, userId: string, now: Date): Promise<string | null> {
  const [factor] = await db.select().from(totpFactors).where(eq(totpFactors.userId, userId));
  const secret = factor ? unseal(factor.secret) : null;
  return factor && secret ? presentCode(secret, now, factor.lastStep) : null;
}
