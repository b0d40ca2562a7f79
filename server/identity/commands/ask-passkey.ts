import { z } from 'zod';
import { AppError, allow, type Context, command, freshAssurance, Id, nothing, reader } from '#server/platform/index.ts';
import { type Client, countAttempt } from '../attempts.ts';
import { newChallenge, passkeysOf, relyingParty } from '../passkeys.ts';
import { officialOnly } from '../policy.ts';
import { getUser } from '../records.ts';
import { networkOf } from '../rules.ts';
import type { SessionRef } from './give-code.ts';

/**
 * What a browser needs to ask for a passkey (`PublicKeyCredentialRequestOptionsJSON`): of anybody who signs in, or of
 * the person of a session that waits or is to be stepped up.
 */
export async function askPasskey(ctx: Context, session: SessionRef | null, client: Client) {
  await countAttempt(ctx, 'passkey', networkOf(client.address), client);
  const userId = session?.userId ?? null;
  const challenge = await challengeFor(ctx, { userId });
  const known = userId === null ? [] : await passkeysOf(reader(ctx), userId);
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  return generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userVerification: 'required',
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
}

const challengeFor = command({
  name: 'passkey.ask',
  input: z.strictObject({ userId: Id.nullable() }),
  load: nothing,
  allow: () => allow,
  run: (ctx, { userId }) => newChallenge(ctx, userId === null ? 'sign-in' : 'step-up', userId),
  audit: ({ input }) => ({ subjectType: 'user', subjectId: input.userId }),
});

/** What a browser needs to make a new passkey for oneself (`PublicKeyCredentialCreationOptionsJSON`). */
export async function offerPasskey(ctx: Context) {
  if (ctx.actor.kind !== 'person') throw new AppError('unauthenticated', 'errors.unauthenticated');
  const challenge = await challengeForNew(ctx, {});
  const user = await getUser(reader(ctx), ctx.actor.userId);
  const known = await passkeysOf(reader(ctx), user.id);
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const { id, name } = relyingParty();
  return generateRegistrationOptions({
    rpID: id,
    rpName: name,
    userID: new Uint8Array(Buffer.from(user.id)),
    userName: user.email,
    userDisplayName: user.name,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
}

const challengeForNew = command({
  name: 'passkey.offer',
  input: z.strictObject({}),
  load: nothing,
  allow: (actor) => freshAssurance(actor, officialOnly(actor)),
  run: (ctx) => newChallenge(ctx, 'register', ctx.actor.kind === 'person' ? ctx.actor.userId : null),
  audit: () => ({ subjectType: 'user', subjectId: null }),
});
