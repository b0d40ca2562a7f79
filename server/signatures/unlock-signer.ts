import { and, eq, lt, sql } from 'drizzle-orm';
import { signingKeys } from '#db/schema/signatures.ts';
import { env } from '#server/platform/env.ts';
import { AppError, type Context } from '#server/platform/index.ts';
import { attemptPool } from './attempt-pool.ts';
import { unlockKey } from './authority/protect-key.ts';
import type { SigningKey } from './records.ts';
import { MAX_PIN_ATTEMPTS } from './rules.ts';
import { type Signer, softwareSigner } from './signing/signer.ts';

/** What keys are encrypted with beside the PIN; the database does not hold it. */
export const keySecret = (): Buffer => {
  const secret = env().authSecret;
  if (secret === undefined) throw new Error('AUTH_SECRET is not set');
  return Buffer.from(`signing-keys:${secret}`);
};

/**
 * Opens a key with its PIN. Each try is counted and committed before it is made, so neither a rollback nor many tries
 * at once get more than five; the right PIN sets the count back.
 * @throws AppError forbidden with the tries left, or invalidState when the key is locked or revoked
 */
export async function unlockSigner(ctx: Context, key: SigningKey, pin: string): Promise<Signer> {
  if (key.status === 'revoked') throw new AppError('invalidState', 'signatures.errors.keyRevoked');
  const attempts = await countAttempt(ctx, key.id);
  if (attempts === undefined) throw new AppError('invalidState', 'signatures.errors.keyLocked');
  const pkcs8 = await unlockKey(key.encryptedKey, pin, keySecret());
  if (!pkcs8) {
    const left = MAX_PIN_ATTEMPTS - attempts;
    if (left <= 0) {
      await attemptPool(ctx.db).update(signingKeys).set({ status: 'locked' }).where(eq(signingKeys.id, key.id));
      throw new AppError('invalidState', 'signatures.errors.keyLocked');
    }
    throw new AppError('forbidden', 'signatures.errors.wrongPin', { values: { left } });
  }
  try {
    await attemptPool(ctx.db).update(signingKeys).set({ pinAttempts: 0 }).where(eq(signingKeys.id, key.id));
    return softwareSigner(
      pkcs8,
      key.chain.map((certificate) => Buffer.from(certificate, 'base64')),
    );
  } finally {
    pkcs8.fill(0);
  }
}

/** How many tries this makes, or undefined when none is left. */
async function countAttempt(ctx: Context, keyId: string): Promise<number | undefined> {
  const [row] = await attemptPool(ctx.db)
    .update(signingKeys)
    .set({ pinAttempts: sql`${signingKeys.pinAttempts} + 1` })
    .where(
      and(eq(signingKeys.id, keyId), eq(signingKeys.status, 'active'), lt(signingKeys.pinAttempts, MAX_PIN_ATTEMPTS)),
    )
    .returning({ attempts: signingKeys.pinAttempts });
  return row?.attempts;
}
