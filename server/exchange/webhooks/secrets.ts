import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { env } from '#server/platform/env.ts';

/** Only where no secret was set, in a single process. */
const ownSecret = randomBytes(32).toString('base64url');
const masters = (): string[] => [env().authSecret ?? ownSecret, ...env().formerAuthSecrets];
const keyFrom = (master: string) => new Uint8Array(hkdfSync('sha256', master, 'mot-cua', 'webhook secrets', 32));

/** A key for signing, as its receiver is told it once. */
export const newSecret = (): string => `mcwh_${randomBytes(32).toString('base64url')}`;

/** Encrypts one (AES-256-GCM), so that a copy of the database does not hold it. */
export function sealSecret(secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(masters()[0]!), nonce);
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Opens one; null: it was sealed under an AUTH_SECRET that is no longer known. */
export function openSecret(sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  for (const master of masters()) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', keyFrom(master), bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    } catch {
      // sealed under another secret: the next one tells
    }
  }
  return null;
}
