import { eq, sql } from 'drizzle-orm';
import { describe, expect, vi } from 'vitest';
import { documentNumbers, signedRevisions, signingKeys } from '#db/schema/signatures.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { readFile, systemActor, transaction } from '#server/platform/index.ts';
import {
  ensureDemoAuthority,
  getDocument,
  initialDocument,
  issueDocument,
  signDocument,
  verifyUpload,
} from './index.ts';
import { type Office, openOffice, pin } from './testing/office.ts';

vi.setConfig({ testTimeout: 90_000 });

async function initialledDraft({ as, people, draft }: Office) {
  const { documentId, sha256 } = await draft();
  const done = await initialDocument(as(people.head), { documentId, pin, sha256 });
  return { documentId, sha256: done.sha256 };
}

const outcomes = async (tries: Promise<unknown>[]) =>
  (await Promise.allSettled(tries)).map((one) =>
    one.status === 'fulfilled' ? 'done' : (one.reason as { code: string }).code,
  );

describe('several at once', () => {
  test('two leaders on one base: one signature, one conflict', async ({ own }) => {
    const office = await openOffice(own.db);
    const { as, people } = office;
    const form = { ...(await initialledDraft(office)), pin };
    const both = await outcomes([signDocument(as(people.leader), form), signDocument(as(people.deputy), form)]);
    expect(both.toSorted()).toEqual(['conflict', 'done']);
    const revisions = await own.db
      .select()
      .from(signedRevisions)
      .where(eq(signedRevisions.documentId, form.documentId));
    expect(revisions).toHaveLength(3);
  });

  test('one form sent ten times at once: one signature', async ({ own }) => {
    const office = await openOffice(own.db);
    const { as, people } = office;
    const form = { ...(await initialledDraft(office)), pin, idempotencyKey: 'form-0001' };
    const all = await outcomes(Array.from({ length: 10 }, () => signDocument(as(people.leader), form)));
    expect(all).toEqual(Array.from({ length: 10 }, () => 'done'));
    const revisions = await own.db
      .select()
      .from(signedRevisions)
      .where(eq(signedRevisions.documentId, form.documentId));
    expect(revisions).toHaveLength(3);
  });

  test('twelve documents issued at once, three of them rolled back: numbers without gap or double', async ({ own }) => {
    const office = await openOffice(own.db);
    const { as, people } = office;
    const documents: string[] = [];
    for (let i = 0; i < 12; i++) {
      const { documentId, sha256 } = await initialledDraft(office);
      await signDocument(as(people.leader), { documentId, pin, sha256 });
      documents.push(documentId);
    }
    const clerk = as(people.clerk);
    await Promise.allSettled(
      documents.map((documentId, i) =>
        transaction(clerk, async (ctx) => {
          await issueDocument(ctx, { documentId, pin });
          if (i % 4 === 3) throw new Error('fails after it took its number');
        }),
      ),
    );
    const taken = await own.db.select().from(documentNumbers).orderBy(documentNumbers.value);
    expect(taken.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(taken.map(({ documentId }) => documentId)).size).toBe(9);
    for (const documentId of documents.filter((_, i) => i % 4 === 3)) {
      expect(await getDocument(own.db, documentId)).toMatchObject({ state: 'signed', number: null });
    }
  });
});

describe('a PIN', () => {
  test('that is wrong is counted although everything else rolls back, and locks the key after five', async ({
    own,
  }) => {
    const office = await openOffice(own.db);
    const { as, people } = office;
    const { documentId, sha256 } = await office.draft();
    const attempt = (tried: string) => initialDocument(as(people.head), { documentId, sha256, pin: tried });
    for (const left of [4, 3]) {
      await expect(attempt('000000')).rejects.toMatchObject({
        code: 'forbidden',
        reason: 'signatures.errors.wrongPin',
        details: { values: { left } },
      });
    }
    const [key] = await own.db.select().from(signingKeys).where(eq(signingKeys.userId, people.head.userId));
    expect(key).toMatchObject({ pinAttempts: 2, status: 'active' });
    for (const left of [2, 1]) await expect(attempt('000001')).rejects.toMatchObject({ details: { values: { left } } });
    await expect(attempt('000002')).rejects.toMatchObject({ reason: 'signatures.errors.keyLocked' });
    await expect(attempt(pin)).rejects.toMatchObject({ reason: 'signatures.errors.keyLocked' });
    expect((await getDocument(own.db, documentId)).state).toBe('draft');
  });

  test('tried in many requests at once gets no more than five tries, and the right one sets the count back', async ({
    own,
  }) => {
    const office = await openOffice(own.db);
    const { as, people } = office;
    const [first, second] = [await office.draft(), await office.draft()];
    const wrong = (tried: string) => initialDocument(as(people.head), { ...pick(first), pin: tried });
    await expect(wrong('111111')).rejects.toMatchObject({ details: { values: { left: 4 } } });
    await initialDocument(as(people.head), { ...pick(second), pin });
    const drafts = await Promise.all(Array.from({ length: 12 }, () => office.draft()));
    const all = await outcomes(
      drafts.map((one, i) => initialDocument(as(people.head), { ...pick(one), pin: `22222${i % 10}` })),
    );
    expect(all.filter((code) => code === 'forbidden')).toHaveLength(4);
    expect(all.filter((code) => code === 'invalidState')).toHaveLength(8);
    const [key] = await own.db.select().from(signingKeys).where(eq(signingKeys.userId, people.head.userId));
    expect(key).toMatchObject({ status: 'locked', pinAttempts: 5 });
  });

  test('is nowhere in the database afterwards', async ({ own }) => {
    const office = await openOffice(own.db);
    await initialledDraft(office);
    await expect(
      initialDocument(office.as(office.people.head), { ...pick(await office.draft()), pin: '739105' }),
    ).rejects.toThrow();
    const tables = await own.ownerDb.execute<{ name: string }>(
      sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const rows = await own.ownerDb.$client.unsafe(`select t::text as row from ${name} t`);
      const found = rows.filter(({ row }) => /(?<![0-9a-f])(482916|739105)(?![0-9a-f])/i.test(String(row)));
      expect([name, found]).toEqual([name, []]);
    }
  });
});

const pick = ({ documentId, sha256 }: { documentId: string; sha256: string }) => ({ documentId, sha256 });

describe('the demonstration authority', () => {
  test('is made once, issues only what is missing, and its signatures are trusted', async ({ own }) => {
    const office = await openOffice(own.db);
    const { as, people, organisationId } = office;
    await own.db.delete(signingKeys);
    const signers = {
      people: [people.head, people.leader].map(({ userId, name }) => ({
        userId,
        name,
        title: 'Trưởng phòng',
        organisationName: 'Sở Y tế tỉnh Nghệ An',
        pin,
      })),
      seals: [{ organisationId, organisationName: 'Sở Y tế tỉnh Nghệ An', pin }],
    };
    const ensure = (of: typeof signers) => transaction(as(systemActor('demo')), (ctx) => ensureDemoAuthority(ctx, of));
    expect(await ensure(signers)).toEqual({ made: 3 });
    expect(await ensure(signers)).toEqual({ made: 0 });
    const newcomer = {
      userId: people.deputy.userId,
      name: people.deputy.name,
      title: 'Phó Giám đốc',
      organisationName: 'Sở Y tế tỉnh Nghệ An',
      pin: '135790',
    };
    expect(await ensure({ ...signers, people: [...signers.people, newcomer] })).toEqual({ made: 1 });

    const { documentId, sha256 } = await initialledDraft(office);
    await signDocument(as(people.deputy), { documentId, sha256, pin: '135790' });
    await issueDocument(as(people.clerk), { documentId, pin });

    const { currentFileId } = await getDocument(own.db, documentId);
    const verdict = await verifyUpload(as({ kind: 'anonymous' }), await readFile(own.db, currentFileId));
    expect(verdict).toMatchObject({ exactCopy: true, file: { status: 'intact' } });
  });

  test('keeps revisions as they were signed: the database refuses to change one', async ({ own }) => {
    const office = await openOffice(own.db);
    const { documentId } = await office.draft();
    await expect(
      own.db.update(signedRevisions).set({ sha256: '00' }).where(eq(signedRevisions.documentId, documentId)),
    ).rejects.toThrow();
  });
});
