import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { sessions } from '#db/schema/identity.ts';
import { AppError, allow, type Context, command, freshAssurance, Id } from '#server/platform/index.ts';
import type { Client } from '../attempts.ts';
import { type GiveCode, Nothing } from '../inputs.ts';
import { officialOnly } from '../policy.ts';
import { revokeSessions } from '../records.ts';
import { seal, unseal } from '../sealed.ts';
import {
  hasAuthenticator,
  lockSession,
  makeBackupCodes,
  storeAuthenticator,
  strengthen,
  tellOwner,
  wrongCode,
} from '../second-factor.ts';
import type { SessionCookie } from '../session-cookie.ts';
import { acceptedStep, newTotpSecret } from '../totp.ts';
import { type SessionRef, throughCode } from './give-code.ts';

const ownSession = (ctx: Context): string => {
  if (ctx.actor.kind !== 'person') throw new AppError('unauthenticated', 'errors.unauthenticated');
  return ctx.actor.sessionId;
};

/** Begins to set up another authenticator, e.g. for a new telephone; the old one works until the new one is confirmed. */
export const beginEnrolment = command({
  name: 'authenticator.begin',
  input: Nothing,
  load: (ctx) => lockSession(ctx, ownSession(ctx)),
  allow: (actor) => freshAssurance(actor, officialOnly(actor)),
  run: async (ctx, _input, { session }) => {
    await ctx.tx
      .update(sessions)
      .set({ enrolmentSecret: seal(newTotpSecret()) })
      .where(eq(sessions.id, session.id));
  },
  audit: ({ subject }) => ({ subjectType: 'user', subjectId: subject.user.id }),
});

/**
 * Confirms the authenticator being set up by one of its codes. It counts from then on, ten backup codes are made and
 * wait in the session to be shown, and every other session of the person ends.
 * @throws AppError `invalidInput` with the field `otp`, `limit`, `invalidState` when nothing is being set up
 */
export async function confirmEnrolment(
  ctx: Context,
  session: SessionRef,
  raw: z.input<typeof GiveCode>,
  client: Client,
): Promise<{ cookie: SessionCookie; official: boolean }> {
  const { cookie, given } = await throughCode(ctx, session, raw, client, storeConfirmed);
  return { cookie, official: given.official };
}

const storeConfirmed = command({
  name: 'authenticator.enrol',
  input: z.strictObject({ sessionId: Id, otp: z.string() }),
  load: async (ctx, input) => {
    const { user, session } = await lockSession(ctx, input.sessionId);
    const secret = session.enrolmentSecret === null ? null : unseal(session.enrolmentSecret);
    // somebody enrolled in another window meanwhile: a session that only knows the password changes nothing
    const overtaken = session.awaitsSecondFactor && (await hasAuthenticator(ctx.tx, user.id));
    if (secret === null || overtaken) throw new AppError('invalidState', 'security.errors.nothingToConfirm');
    const step = acceptedStep(secret, input.otp, ctx.now(), 0);
    if (step === null) throw wrongCode();
    return { user, session, secret, step };
  },
  allow: () => allow,
  run: async (ctx, _input, { user, session, secret, step }) => {
    await storeAuthenticator(ctx, user.id, secret, step);
    const codes = await makeBackupCodes(ctx, user.id);
    const given = await strengthen(ctx, user, session);
    await ctx.tx
      .update(sessions)
      .set({ enrolmentSecret: null, codesToShow: seal(codes.join(' ')) })
      .where(eq(sessions.id, session.id));
    await revokeSessions(ctx, user.id, session.id);
    await tellOwner(ctx, user, 'second-factor-added');
    return { ...given, official: user.official };
  },
  audit: ({ subject }) => ({ subjectType: 'user', subjectId: subject.user.id }),
});

/** Ten new backup codes; the old ones stop working. */
export const renewBackupCodes = command({
  name: 'authenticator.renew-backup-codes',
  input: Nothing,
  load: (ctx) => lockSession(ctx, ownSession(ctx)),
  allow: (actor) => freshAssurance(actor, officialOnly(actor)),
  run: async (ctx, _input, { user, session }) => {
    const codes = await makeBackupCodes(ctx, user.id);
    await ctx.tx
      .update(sessions)
      .set({ codesToShow: seal(codes.join(' ')) })
      .where(eq(sessions.id, session.id));
  },
  audit: ({ subject }) => ({ subjectType: 'user', subjectId: subject.user.id }),
});

/** The backup codes are kept: they are never shown again. */
export const keepBackupCodes = command({
  name: 'authenticator.keep-backup-codes',
  input: Nothing,
  load: (ctx) => lockSession(ctx, ownSession(ctx)),
  allow: officialOnly,
  run: async (ctx, _input, { session }) => {
    await ctx.tx.update(sessions).set({ codesToShow: null }).where(eq(sessions.id, session.id));
  },
  audit: ({ subject }) => ({ subjectType: 'user', subjectId: subject.user.id }),
});
