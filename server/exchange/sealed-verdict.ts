import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** How long the page with a verdict can be reloaded. */
export const verdictMinutes = 15;

const keyOf = (secret: string) => new Uint8Array(hkdfSync('sha256', secret, 'mot-cua', 'sealed verdict', 32));

/**
 * A verdict as it travels from the upload to the page that shows it: nothing is stored, nobody reads it on the way,
 * and nobody but this system can write one. Base64url text.
 */
export function sealVerdict(verdict: unknown, secret: string, at: Date): string {
  const plain = deflateRawSync(JSON.stringify({ until: at.getTime() + verdictMinutes * 60_000, verdict }));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** The verdict in a text made by `sealVerdict`; null: another text, or too old. */
export function openVerdict<T>(sealed: string, secret: string, at: Date): T | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 28) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    const { until, verdict } = JSON.parse(inflateRawSync(plain).toString('utf8')) as { until: number; verdict: T };
    return until > at.getTime() ? verdict : null;
  } catch {
    return null;
  }
}
