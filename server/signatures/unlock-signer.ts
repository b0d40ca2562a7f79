import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { signingKeys } from '#db/schema/signatures.ts';
import { env } from '#server/platform/env.ts';
import { AppError, type Context } from '#server/platform/index.ts';
import { attemptPool } from './attempt-pool.ts';
import { openKept } from './authority/protect-key.ts';
import type { SigningKey } from './records.ts';
import { MAX_PIN_ATTEMPTS } from './rules.ts';
import { type Signer, softwareSigner } from './signing/signer.ts';

/** What keys are encrypted with beside the PIN, the newest first; the database holds none of it. */
export function keySecrets(): [Buffer, ...Buffer[]] {
  const { authSecret, formerAuthSecrets } = env();
  if (authSecret === undefined) throw new Error('AUTH_SECRET is not set');
  const of = (secret: string) => Buffer.from(`signing-keys:${secret}`);
  return [of(authSecret), ...formerAuthSecrets.map(of)];
}

/** What keys are encrypted with from now on. */
export const keySecret = (): Buffer => keySecrets()[0];

/**
 * Opens a key with its PIN. Tries on one key run one after the other and each wrong one is committed at once, so neither
 * a rollback nor many tries at the same time get more than five; the right PIN sets the count back.
 * @throws AppError forbidden with the tries left, or invalidState when the key is locked or revoked
 */
export async function unlockSigner(ctx: Context, key: SigningKey, pin: string): Promise<Signer> {
  const answer = await openKey(ctx, key, pin);
  try {
    return softwareSigner(
      answer,
      key.chain.map((certificate) => Buffer.from(certificate, 'base64')),
    );
  } finally {
    answer.fill(0);
  }
}

/** The private key (PKCS#8), which the caller overwrites after use; counts tries as `unlockSigner` says. */
export async function openKey(ctx: Context, key: SigningKey, pin: string): Promise<Buffer> {
  const answer = await attemptPool(ctx).transaction((tx) => tryPin(tx, key.id, pin));
  if (answer instanceof AppError) throw answer;
  return answer;
}

/** The refusal is handed back, not thrown: its count must be committed. */
async function tryPin(tx: Tx, keyId: string, pin: string): Promise<Buffer | AppError> {
  const [key] = await tx.select().from(signingKeys).where(eq(signingKeys.id, keyId)).for('no key update');
  if (key?.status !== 'active') {
    const reason = key?.status === 'locked' ? 'signatures.errors.keyLocked' : 'signatures.errors.keyRevoked';
    return new AppError('invalidState', reason);
  }
  const opened = await openKept(key.encryptedKey, pin, keySecrets());
  const pinAttempts = opened ? 0 : key.pinAttempts + 1;
  const left = MAX_PIN_ATTEMPTS - pinAttempts;
  if (pinAttempts !== key.pinAttempts) {
    await tx
      .update(signingKeys)
      .set({ pinAttempts, status: left > 0 ? 'active' : 'locked' })
      .where(eq(signingKeys.id, keyId));
  }
  if (opened?.renewed)
    await tx.update(signingKeys).set({ encryptedKey: opened.renewed }).where(eq(signingKeys.id, keyId));
  if (opened) return opened.pkcs8;
  return left > 0
    ? new AppError('forbidden', 'signatures.errors.wrongPin', { values: { left } })
    : new AppError('invalidState', 'signatures.errors.keyLocked');
}
