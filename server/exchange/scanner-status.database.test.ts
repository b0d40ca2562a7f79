import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { official } from '#server/facilities/testing.ts';
import { type Actor, anonymous, newContext, newId, storeFile, transaction } from '#server/platform/index.ts';
import { scannerStatus } from './scanner-status.ts';

const context = (db: Database, actor: Actor) => newContext(db, actor, () => new Date('2026-11-23T12:00:00+07:00'));

describe('the state of the malware scanner', () => {
  test('says to an administrator that none is set, and how many uploads nobody has looked at', async ({ db }) => {
    const admin = official('admin', newId());
    const before = await scannerStatus(context(db, admin), {});
    await transaction(context(db, admin), async (ctx) => {
      const file = { name: 'a.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') };
      await storeFile(ctx, { ...file, scan: 'unchecked' });
      await storeFile(ctx, { ...file, scan: 'quarantined' });
      await storeFile(ctx, file);
    });
    expect(await scannerStatus(context(db, admin), {})).toEqual({
      address: null,
      pending: before.pending,
      quarantined: before.quarantined + 1,
      unchecked: before.unchecked + 1,
    });
  });

  test('is nobody else’s business', async ({ db }) => {
    await expect(scannerStatus(context(db, anonymous), {})).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(scannerStatus(context(db, official('officer', newId())), {})).rejects.toMatchObject({
      code: 'notFound',
    });
  });
});
