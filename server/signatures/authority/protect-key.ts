import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';

/** A private key at rest: AES-256-GCM under a key derived from the PIN and, beside it, a secret the database does not hold. */
export interface ProtectedKey {
  version: 1;
  salt: string;
  iv: string;
  tag: string;
  ciphertext: string;
}

/** Argon2id; a PIN is short, so it costs more than a password, and the server's secret keeps a stolen table useless. */
const cost = { memoryCost: 65536, timeCost: 3, parallelism: 1, outputLen: 32 };

const derive = (pin: string, salt: Uint8Array, secret: Uint8Array): Promise<Buffer> =>
  hashRaw(pin.normalize('NFKC'), { ...cost, salt, secret });

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
  return { version: 1, salt: text(salt), iv: text(iv), tag: text(cipher.getAuthTag()), ciphertext: text(ciphertext) };
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
