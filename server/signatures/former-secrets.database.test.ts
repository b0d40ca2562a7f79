import { afterEach, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { settings } from '#db/schema/platform.ts';
import { signingKeys } from '#db/schema/signatures.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { env } from '#server/platform/env.ts';
import { type Context, newContext, systemActor } from '#server/platform/index.ts';
import { keysUnderFormerSecrets, systemKey } from './index.ts';
import { morning, openOffice, pin } from './testing/office.ts';
import { openKey } from './unlock-signer.ts';

const original = env().authSecret!;
/** As after a restart with another secret; `former` names those it replaced. */
function replaceSecret(secret: string, former: string[]): void {
  env().authSecret = secret;
  env().formerAuthSecrets.splice(0, Infinity, ...former);
  // what a process holds open dies with it
  (globalThis as { motCuaSystemKeys?: Map<string, unknown> }).motCuaSystemKeys?.clear();
}
afterEach(() => replaceSecret(original, []));

const next = 'the secret that takes its place from today';
const system = (db: Database): Context => newContext(db, systemActor('test'), () => morning);
const keyOf = async (db: Database, subject: string) =>
  (await db.select().from(signingKeys)).find((key) => key.subject === subject)!;

describe('when AUTH_SECRET is replaced', () => {
  test('a signing key opens as long as the former one is named, and then moves to the new one', async ({ own }) => {
    await openOffice(own.db, { ownKeys: true });
    const ctx = system(own.db);
    const head = await keyOf(own.db, 'Nguyễn Văn Dũng');
    const before = await openKey(ctx, head, pin);

    replaceSecret(next, []);
    await expect(openKey(ctx, head, pin)).rejects.toMatchObject({ reason: 'signatures.errors.wrongPin' });
    replaceSecret(next, [original]);
    expect(await keysUnderFormerSecrets(own.db)).toContain(head.subject);
    expect((await openKey(ctx, head, pin)).equals(before)).toBe(true);
    expect(await keyOf(own.db, head.subject)).toMatchObject({ pinAttempts: 0 });
    expect(await keysUnderFormerSecrets(own.db)).not.toContain(head.subject);

    replaceSecret(next, []);
    expect((await openKey(ctx, head, pin)).equals(before)).toBe(true);
    await expect(openKey(ctx, head, '000000')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a key of before secrets were named moves too', async ({ own }) => {
    await openOffice(own.db, { ownKeys: true });
    const head = await keyOf(own.db, 'Nguyễn Văn Dũng');
    const { under, ...unnamed } = head.encryptedKey;
    expect(under).toMatch(/^[0-9a-f]{16}$/);
    await own.db.update(signingKeys).set({ encryptedKey: unnamed });
    replaceSecret(next, [original]);
    await openKey(system(own.db), head, pin);
    replaceSecret(next, []);
    expect((await openKey(system(own.db), head, pin)).length).toBeGreaterThan(0);
  });

  test('the system key moves at the next statement, and stays the same key', async ({ db }) => {
    const ctx = system(db);
    const { fingerprint } = await systemKey(ctx);
    replaceSecret(next, []);
    await expect(systemKey(ctx)).rejects.toThrow('AUTH_SECRET_PREVIOUS');
    replaceSecret(next, [original]);
    expect((await systemKey(ctx)).fingerprint).toBe(fingerprint);
    replaceSecret(next, []);
    expect((await systemKey(ctx)).sign(Buffer.from('head'))).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(JSON.stringify(await db.select().from(settings))).not.toContain(next);
  });
});
