import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { env } from '#server/platform/env.ts';

/** How long the page with a sealed answer can be reloaded. */
export const sealedMinutes = 15;

/** Only where no secret was set, in a single process. */
const ownSecret = randomBytes(32).toString('base64url');
const secrets = (): [string, ...string[]] => [env().authSecret ?? ownSecret, ...env().formerAuthSecrets];
const keyOf = (secret: string, purpose: string) => new Uint8Array(hkdfSync('sha256', secret, 'mot-cua', purpose, 32));

/**
 * An answer as it travels from the route that took a file or a secret to the page that shows the answer: nothing is
 * stored, nobody reads it on the way, nobody but this system can write one, and for one purpose only. Base64url text.
 */
export function seal(purpose: 'verdict' | 'status', answer: unknown, at: Date, [secret] = secrets()): string {
  const plain = deflateRawSync(JSON.stringify({ until: at.getTime() + sealedMinutes * 60_000, answer }));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** The answer in a text made by `seal` with any of the secrets; null: another text, another purpose, or too old. */
export function unseal<T>(
  purpose: 'verdict' | 'status',
  sealed: string,
  at: Date,
  known: string[] = secrets(),
): T | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 28) return null;
  for (const secret of known) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(-16));
      const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
      const { until, answer } = JSON.parse(inflateRawSync(plain).toString('utf8')) as { until: number; answer: T };
      return until > at.getTime() ? answer : null;
    } catch {
      // sealed with another secret, or by nobody here
    }
  }
  return null;
}
