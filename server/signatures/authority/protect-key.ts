import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';

/** A private key at rest: AES-256-GCM under a key derived from the PIN and, beside it, a secret the database does not hold. */
export interface ProtectedKey {
  version: 1;
  salt: string;
  iv: string;
  tag: string;
  ciphertext: string;
  /** names the secret; left out by keys of before it was written down */
  under?: string;
}

/** Argon2id; a PIN is short, so it costs more than a password, and the server's secret keeps a stolen table useless. */
const cost = { memoryCost: 65536, timeCost: 3, parallelism: 1, outputLen: 32 };

const derive = (pin: string, salt: Uint8Array, secret: Uint8Array): Promise<Buffer> =>
  hashRaw(pin.normalize('NFKC'), { ...cost, salt, secret });

/** A name of the secret that tells nothing of it, so that one sees which keys still need a former one. */
export const nameOfSecret = (secret: Uint8Array): string =>
  createHash('sha256').update('name of a secret:').update(secret).digest('hex').slice(0, 16);

/** Encrypts a private key (PKCS#8) under a PIN. The key material handed in is overwritten. */
export async function protectKey(pkcs8: Buffer, pin: string, secret: Uint8Array): Promise<ProtectedKey> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const key = await derive(pin, salt, secret);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const ciphertext = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  key.fill(0);
  pkcs8.fill(0);
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    version: 1,
    salt: text(salt),
    iv: text(iv),
    tag: text(cipher.getAuthTag()),
    ciphertext: text(ciphertext),
    under: nameOfSecret(secret),
  };
}

/** The private key, or undefined when the PIN is wrong. The caller overwrites what it got after use. */
export async function unlockKey(locked: ProtectedKey, pin: string, secret: Uint8Array): Promise<Buffer | undefined> {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const key = await derive(pin, bytes(locked.salt), secret);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(locked.iv));
  decipher.setAuthTag(bytes(locked.tag));
  try {
    return Buffer.concat([decipher.update(bytes(locked.ciphertext)), decipher.final()]);
  } catch {
    return undefined;
  } finally {
    key.fill(0);
  }
}

/**
 * Opens a key kept under any of the secrets, the newest first. Found under a former one, it comes with itself kept anew
 * under the newest: `renewed`. Undefined when the PIN is wrong.
 */
export async function openKept(
  locked: ProtectedKey,
  pin: string,
  secrets: [Uint8Array, ...Uint8Array[]],
): Promise<{ pkcs8: Buffer; renewed: ProtectedKey | null } | undefined> {
  const [newest] = secrets;
  const named = secrets.filter((secret) => nameOfSecret(secret) === locked.under);
  for (const secret of named.length > 0 ? named : secrets) {
    const pkcs8 = await unlockKey(locked, pin, secret);
    if (!pkcs8) continue;
    const current = secret === newest && locked.under !== undefined;
    return { pkcs8, renewed: current ? null : await protectKey(Buffer.from(pkcs8), pin, newest) };
  }
  return undefined;
}
