import { randomBytes } from 'node:crypto';

/** A uuid version 7 (RFC 9562): ordered by the millisecond in which it was made, so that indexes grow at one end. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Letters and digits that are not mistaken for one another when read aloud or copied by hand. */
const readable = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random secret of `length` readable characters (about 4.9 bits each). */
export function newSecret(length: number): string {
  let secret = '';
  while (secret.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < 240 && secret.length < length) secret += readable[byte % readable.length];
    }
  }
  return secret;
}
