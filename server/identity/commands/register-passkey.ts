import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { passkeys } from '#db/schema/identity.ts';
import {
  AppError,
  type Context,
  command,
  freshAssurance,
  newId,
  notFound,
  parseInput,
  personId,
} from '#server/platform/index.ts';
import { NamePasskey, PasskeyAnswer, PasskeyRef } from '../inputs.ts';
import { relyingParty, spendChallenge, wrongPasskey } from '../passkeys.ts';
import { isSelf, officialOnly } from '../policy.ts';
import { lockUser } from '../records.ts';
import { tellOwner } from '../second-factor.ts';

/** How many one person may have. */
const most = 10;

/**
 * Adds a passkey that the browser has just made, under a name of one's own.
 * @throws AppError `invalidInput` security.errors.wrongPasskey, the same for whatever was wrong
 */
export async function registerPasskey(
  ctx: Context,
  raw: z.input<typeof PasskeyAnswer>,
  name: z.input<typeof NamePasskey>,
): Promise<void> {
  const answer = parseInput(PasskeyAnswer, raw);
  const named = parseInput(NamePasskey, name);
  const userId = personId(ctx.actor);
  if (userId === null) throw new AppError('unauthenticated', 'errors.unauthenticated');
  const challenge = await spendChallenge(ctx, answer, 'register', userId);
  const { attestationObject } = answer.response;
  if (attestationObject === undefined) throw wrongPasskey();
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { id, origin } = relyingParty();
  const result = await verifyRegistrationResponse({
    response: { ...answer, response: { ...answer.response, attestationObject }, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
  }).catch(() => null);
  if (!result?.verified || !result.registrationInfo.userVerified) throw wrongPasskey();
  const { credential } = result.registrationInfo;
  await addPasskey(ctx, {
    ...named,
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: (answer.response.transports ?? []).slice(0, 10),
  });
}

const addPasskey = command({
  name: 'passkey.add',
  input: z.strictObject({
    ...NamePasskey.shape,
    credentialId: z.string(),
    publicKey: z.string(),
    counter: z.number().int(),
    transports: z.array(z.string()),
  }),
  load: (ctx) => lockUser(ctx, personId(ctx.actor) ?? notFound()),
  allow: (actor) => freshAssurance(actor, officialOnly(actor)),
  run: async (ctx, input, user) => {
    const held = await ctx.tx.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.userId, user.id));
    if (held.length >= most) throw new AppError('limit', 'security.errors.tooManyPasskeys', { values: { most } });
    const passkeyId = newId();
    const added = await ctx.tx
      .insert(passkeys)
      .values({ id: passkeyId, userId: user.id, ...input, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ id: passkeys.id });
    if (added.length === 0) throw wrongPasskey();
    await tellOwner(ctx, user, 'passkey-added');
    return { passkeyId };
  },
  audit: ({ subject, result }) => ({
    subjectType: 'user',
    subjectId: subject.id,
    details: { passkeyId: result.passkeyId },
  }),
});

/** Removes one of one's own passkeys: it lets nobody in any more. */
export const removePasskey = command({
  name: 'passkey.remove',
  input: PasskeyRef,
  load: async (ctx, input) => {
    const [row] = await ctx.tx.select().from(passkeys).where(eq(passkeys.id, input.passkeyId)).for('update');
    return row ?? notFound();
  },
  allow: (actor, key) => freshAssurance(actor, isSelf(actor, key.userId)),
  run: async (ctx, input) => {
    await ctx.tx.delete(passkeys).where(eq(passkeys.id, input.passkeyId));
  },
  audit: ({ subject }) => ({ subjectType: 'user', subjectId: subject.userId, details: { passkeyId: subject.id } }),
});
