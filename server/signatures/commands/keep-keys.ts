import { eq } from 'drizzle-orm';
import { signingKeys } from '#db/schema/signatures.ts';
import { AppError, command, freshAssurance, notFound, type TxContext } from '#server/platform/index.ts';
import { protectKey } from '../authority/protect-key.ts';
import { ChangePin, KeyId } from '../inputs.ts';
import { canReleaseKey, canUseKey } from '../policy.ts';
import { authoritiesOf, type SigningKey } from '../records.ts';
import { MAX_PIN_ATTEMPTS, TRIES_AFTER_RELEASE } from '../rules.ts';
import { keySecret, openKey } from '../unlock-signer.ts';

async function getKey(ctx: TxContext, keyId: string): Promise<SigningKey> {
  const [key] = await ctx.tx.select().from(signingKeys).where(eq(signingKeys.id, keyId));
  return key ?? notFound();
}

/** The holder gives a key another PIN; the old one opens it once more, and a wrong one counts as a try to sign does. */
export const changePin = command({
  name: 'signing-key.change-pin',
  input: ChangePin,
  load: (ctx, { keyId }) => getKey(ctx, keyId),
  allow: (actor, key) => freshAssurance(actor, canUseKey(actor, key)),
  run: async (ctx, { keyId, pin, newPin }, key) => {
    if (pin === newPin) {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'newPin', reason: 'signatures.errors.pinUnchanged' }],
      });
    }
    const pkcs8 = await openKey(ctx, key, pin);
    // the key material is overwritten while it is encrypted anew
    const encryptedKey = await protectKey(pkcs8, newPin, keySecret());
    await ctx.tx.update(signingKeys).set({ encryptedKey }).where(eq(signingKeys.id, keyId));
    return { keyId };
  },
  audit: ({ input }) => ({ subjectType: 'signing-key', subjectId: input.keyId }),
});

/**
 * Opens a locked key again: the administrator gives the holder two more tries, and only the holder's PIN makes it whole.
 * Neither alone can sign with it; nobody releases a key of their own.
 */
export const releaseKey = command({
  name: 'signing-key.release',
  input: KeyId,
  load: async (ctx, { keyId }) => {
    const key = await getKey(ctx, keyId);
    return { key, authorities: await authoritiesOf(ctx.tx, key) };
  },
  allow: (actor, { key, authorities }) => freshAssurance(actor, canReleaseKey(actor, { ...key, authorities })),
  run: async (ctx, { keyId }, { key }) => {
    if (key.status !== 'locked') throw new AppError('invalidState', 'signatures.errors.keyNotLocked');
    await ctx.tx
      .update(signingKeys)
      .set({ status: 'active', pinAttempts: MAX_PIN_ATTEMPTS - TRIES_AFTER_RELEASE })
      .where(eq(signingKeys.id, keyId));
    return { keyId };
  },
  audit: ({ input }) => ({ subjectType: 'signing-key', subjectId: input.keyId }),
});
