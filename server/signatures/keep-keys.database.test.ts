import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { grants, users } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { signingKeys } from '#db/schema/signatures.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { newId, type Person } from '#server/platform/index.ts';
import { changePin, releaseKey } from './commands/keep-keys.ts';
import { initialDocument } from './commands/sign-document.ts';
import { listKeys } from './queries/list-keys.ts';
import { openOffice, pin } from './testing/office.ts';

const keyOf = async (db: Database, userId: string) =>
  (await db.select().from(signingKeys).where(eq(signingKeys.userId, userId)))[0]!;
const sealOf = async (db: Database, organisationId: string) =>
  (await db.select().from(signingKeys).where(eq(signingKeys.organisationId, organisationId)))[0]!;

/** An administrator of the office, or of another authority. */
async function administrator(db: Database, organisationId: string): Promise<Person> {
  const userId = newId();
  await db.insert(users).values({ id: userId, email: `${userId}@example.vn`, name: 'Quản trị', official: true });
  await db.insert(grants).values({ id: newId(), userId, role: 'admin', organisationId });
  const grant = { role: 'admin' as const, organisationId, unitPath: null, provinceCode: null };
  return {
    kind: 'person',
    userId,
    sessionId: newId(),
    name: 'Quản trị',
    email: `${userId}@example.vn`,
    official: true,
    actingFor: null,
    memberships: [],
    grants: [grant],
    assurance: 2,
  };
}

describe('the PIN of a key', () => {
  test('is changed by its holder: the new one signs, the old one does not', async ({ db }) => {
    const office = await openOffice(db);
    const head = office.as(office.people.head);
    const { id: keyId } = await keyOf(db, office.people.head.userId);
    await changePin(head, { keyId, pin: pin, newPin: '730264' });
    const { documentId, sha256 } = await office.draft();
    await expect(initialDocument(head, { documentId, pin: pin, sha256 })).rejects.toMatchObject({
      reason: 'signatures.errors.wrongPin',
    });
    expect(await initialDocument(head, { documentId, pin: '730264', sha256 })).toMatchObject({ documentId });
    const rows = await db.select().from(auditEntries).where(eq(auditEntries.action, 'signing-key.change-pin'));
    expect(rows.map((row) => row.outcome)).toEqual(['done']);
    expect(JSON.stringify(rows)).not.toContain('730264');
  });

  test("of a seal is its clerks'; to others the key is not there; a wrong PIN counts as a try", async ({
    own: { db },
  }) => {
    const office = await openOffice(db);
    const { id: keyId } = await sealOf(db, office.organisationId);
    await expect(
      changePin(office.as(office.people.leader), { keyId, pin: pin, newPin: '730264' }),
    ).rejects.toMatchObject({ code: 'notFound' });
    const clerk = office.as(office.people.clerk);
    await expect(changePin(clerk, { keyId, pin: '000001', newPin: '730264' })).rejects.toMatchObject({
      reason: 'signatures.errors.wrongPin',
    });
    expect((await sealOf(db, office.organisationId)).pinAttempts).toBe(1);
    await expect(changePin(clerk, { keyId, pin: pin, newPin: pin })).rejects.toMatchObject({
      details: { fields: [{ path: 'newPin', reason: 'signatures.errors.pinUnchanged' }] },
    });
    await changePin(clerk, { keyId, pin: pin, newPin: '730264' });
    expect((await sealOf(db, office.organisationId)).pinAttempts).toBe(0);
  });
});

describe('a locked key', () => {
  test('is opened by administrator and holder together: two more tries, and locked again after them', async ({
    own: { db },
  }) => {
    const office = await openOffice(db);
    const { userId } = office.people.head;
    const { id: keyId } = await keyOf(db, userId);
    await db.update(signingKeys).set({ status: 'locked', pinAttempts: 5 }).where(eq(signingKeys.id, keyId));
    const admin = office.as(await administrator(db, office.organisationId));
    const seen = await listKeys(admin, {});
    expect(seen.find((key) => key.id === keyId)).toMatchObject({ mayRelease: true, mayChangePin: false });
    await releaseKey(admin, { keyId });
    const head = office.as(office.people.head);
    for (const left of [1, 0]) {
      await expect(changePin(head, { keyId, pin: '000001', newPin: '730264' })).rejects.toMatchObject({
        reason: left > 0 ? 'signatures.errors.wrongPin' : 'signatures.errors.keyLocked',
      });
    }
    await releaseKey(admin, { keyId });
    await changePin(head, { keyId, pin: pin, newPin: '730264' });
    expect(await keyOf(db, userId)).toMatchObject({ status: 'active', pinAttempts: 0 });
    await expect(releaseKey(admin, { keyId })).rejects.toMatchObject({ reason: 'signatures.errors.keyNotLocked' });
  });

  test('is not released by its holder, a colleague or the administrator of another authority', async ({ db }) => {
    const office = await openOffice(db);
    const { userId } = office.people.head;
    const { id: keyId } = await keyOf(db, userId);
    await db.update(signingKeys).set({ status: 'locked' }).where(eq(signingKeys.id, keyId));
    const other = await openOffice(db, { ownKeys: true });
    for (const person of [office.people.head, office.people.clerk, await administrator(db, other.organisationId)]) {
      await expect(releaseKey(office.as(person), { keyId })).rejects.toMatchObject({ code: 'notFound' });
    }
    const rows = await db.select().from(auditEntries).where(eq(auditEntries.action, 'signing-key.release'));
    expect(rows.map((row) => row.outcome)).toEqual(['refused', 'refused', 'refused']);
    expect((await keyOf(db, userId)).status).toBe('locked');
  });
});
