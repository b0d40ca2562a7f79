import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { protectKey, unlockKey } from './protect-key.ts';

const secret = randomBytes(32);

describe('a private key at rest', () => {
  it('opens with its PIN and with no other, nor with another server secret', async () => {
    const key = randomBytes(120);
    const copy = Buffer.from(key);
    const locked = await protectKey(key, '482916', secret);
    expect(await unlockKey(locked, '482916', secret)).toEqual(copy);
    expect(await unlockKey(locked, '482917', secret)).toBeUndefined();
    expect(await unlockKey(locked, '482916', randomBytes(32))).toBeUndefined();
  });

  it('leaves neither the key nor the PIN behind', async () => {
    const key = Buffer.from('a private key that must not be readable');
    const locked = await protectKey(key, '482916', secret);
    expect(key.every((byte) => byte === 0)).toBe(true);
    const stored = JSON.stringify(locked);
    expect(stored).not.toContain('482916');
    expect(Buffer.from(locked.ciphertext, 'base64').includes('private')).toBe(false);
  });

  it('is refused when a byte of it was changed', async () => {
    const locked = await protectKey(randomBytes(64), '482916', secret);
    const bytes = Buffer.from(locked.ciphertext, 'base64');
    bytes[3] = bytes[3]! ^ 1;
    expect(await unlockKey({ ...locked, ciphertext: bytes.toString('base64') }, '482916', secret)).toBeUndefined();
  });
});
