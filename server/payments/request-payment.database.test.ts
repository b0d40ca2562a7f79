import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { grants, memberships, users } from '#db/schema/identity.ts';
import { inRolledBackTransaction, testDatabase as test } from '#db/testing/index.ts';
import { anonymous } from '#server/platform/actor.ts';
import { newId } from '#server/platform/index.ts';
import { cancelPayment } from './commands/cancel-payment.ts';
import { requestPayment } from './commands/request-payment.ts';
import { setPaymentAccount } from './commands/set-payment-account.ts';
import { canReadReceipt, getPayment, intentOf, listPayments } from './queries/payments.ts';
import { registerPaymentSubject } from './subjects.ts';
import { addOrganisation, addUser, aRequest, auditLog, contextOf, personOf, subjectOf } from './testing/rows.ts';

const seen = new Set<string>();
registerPaymentSubject('test-subject', {
  canSee: async (ctx, subjectId) => ctx.actor.kind === 'person' && seen.has(`${ctx.actor.userId} ${subjectId}`),
  href: (subjectId) => `/my/dossiers/${subjectId}`,
});

describe('asking for a sum', () => {
  test('gives a code to scan, a reference and an account, and leaves an audit row', async ({ db }) => {
    const userId = await addUser(db);
    const payee = await addOrganisation(db);
    const ctx = contextOf(db, personOf(userId));
    const intent = await requestPayment(ctx, aRequest(payee));
    expect(intent).toMatchObject({ status: 'pending', amount: 1_000_000, payerUserId: userId });
    expect(intent.reference).toMatch(/^MC[0-9A-Z]{10}$/);
    const view = await getPayment(ctx, { paymentId: intent.id });
    expect(view.qr).toContain(intent.reference);
    expect(view).toMatchObject({ payeeName: 'Sở Y tế Hà Nội', href: `/my/dossiers/${intent.subjectId}` });
    expect(await auditLog(db)).toEqual(['payment.request done']);
  });

  test('is refused to strangers, to people who ask it of others, and for no sum at all', async ({ db }) => {
    const payee = await addOrganisation(db);
    const other = { userId: await addUser(db), organisationId: null };
    const someone = personOf(await addUser(db));
    await expect(requestPayment(contextOf(db, anonymous), aRequest(payee))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(requestPayment(contextOf(db, someone), aRequest(payee, { payer: other }))).rejects.toMatchObject({
      code: 'forbidden',
    });
    for (const amount of [0, -1, 0.5, 1e13]) {
      await expect(requestPayment(contextOf(db, someone), aRequest(payee, { amount }))).rejects.toMatchObject({
        code: 'invalidInput',
      });
    }
    expect(await auditLog(db)).toEqual(['payment.request refused', 'payment.request refused']);
  });

  test('twice with one key gives one payment; with other content it is a conflict', async () => {
    const change = fc.constantFrom(
      { amount: 999 },
      { purpose: 'Phí khác' },
      { payerName: 'Người khác' },
      { subjectId: '01999999-0000-7000-8000-000000000000' },
      { subjectType: 'licence' },
      null,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e12 }),
        fc.array(change, { maxLength: 4 }),
        async (amount, changes) => {
          await inRolledBackTransaction(async (db) => {
            const ctx = contextOf(db, personOf(await addUser(db)));
            const request = aRequest(await addOrganisation(db), { amount: amount + 1000 });
            const first = await requestPayment(ctx, request);
            for (const changed of changes) {
              const again = requestPayment(ctx, { ...request, ...changed });
              if (changed)
                await expect(again).rejects.toMatchObject({ code: 'conflict', reason: 'payments.errors.keyReused' });
              else expect((await again).id).toBe(first.id);
            }
            expect((await listPayments(ctx, {})).total).toBe(1);
          });
        },
      ),
      { numRuns: 15 },
    );
  });

  test('at one moment from many places makes one payment', async ({ own }) => {
    const ctx = contextOf(own.db, personOf(await addUser(own.db)));
    const request = aRequest(await addOrganisation(own.db));
    const intents = await Promise.all(Array.from({ length: 12 }, () => requestPayment(ctx, request)));
    expect(new Set(intents.map((intent) => intent.id)).size).toBe(1);
  });
});

describe('who sees a payment', () => {
  test('the list and the single payment agree for the payer, colleagues, officials and strangers', async ({ db }) => {
    const [payer, colleague, official, stranger] = await Promise.all([
      addUser(db),
      addUser(db),
      addUser(db),
      addUser(db),
    ]);
    const business = await addOrganisation(db, 'business');
    const payee = await addOrganisation(db);
    const system = contextOf(db);
    const own = await requestPayment(system, aRequest(payee, { payer: { userId: payer, organisationId: null } }));
    const shared = await requestPayment(
      system,
      aRequest(payee, { payer: { userId: payer, organisationId: business } }),
    );
    seen.add(`${official} ${own.subjectId}`);
    await db.update(users).set({ official: true }).where(eq(users.id, official));
    await db.insert(grants).values({ id: newId(), userId: official, role: 'officer', organisationId: payee });
    for (const userId of [payer, colleague])
      await db.insert(memberships).values({ userId, organisationId: business, role: 'owner' });
    const actors = {
      payer: personOf(payer, { memberships: [business] }),
      leftTheBusiness: personOf(payer),
      colleague: personOf(colleague, { memberships: [business] }),
      official: personOf(official, { official: true }),
      stranger: personOf(stranger),
    };
    const listed: Record<string, string[]> = {};
    for (const [name, actor] of Object.entries(actors)) {
      const ctx = contextOf(db, actor);
      const list = (await listPayments(ctx, {})).items.map((item) => item.id);
      listed[name] = list;
      for (const intent of [own, shared]) {
        const readable = await getPayment(ctx, { paymentId: intent.id }).then(
          () => true,
          () => false,
        );
        const throughSubject = name === 'official' && intent === own;
        expect(readable, `${name} ${intent.id}`).toBe(list.includes(intent.id) || throughSubject);
        expect((await intentOf(ctx, subjectOf(intent))) !== null).toBe(readable);
      }
    }
    expect(listed).toEqual({
      payer: [shared.id, own.id],
      leftTheBusiness: [own.id],
      colleague: [shared.id],
      official: [],
      stranger: [],
    });
  });

  test('strangers are asked to sign in, others do not find it', async ({ db }) => {
    const intent = await requestPayment(
      contextOf(db, personOf(await addUser(db))),
      aRequest(await addOrganisation(db)),
    );
    const read = (actor: Parameters<typeof contextOf>[1]) => getPayment(contextOf(db, actor), { paymentId: intent.id });
    await expect(read(anonymous)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(read(personOf(await addUser(db)))).rejects.toMatchObject({ code: 'notFound' });
    await expect(listPayments(contextOf(db, anonymous), {})).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await canReadReceipt(contextOf(db), newId())).toBe(false);
  });
});

describe('cancelling', () => {
  test('ends what is open for a subject, leaves an audit row, and does nothing for others, who do not see it', async ({
    db,
  }) => {
    const ctx = contextOf(db, personOf(await addUser(db)));
    const intent = await requestPayment(ctx, aRequest(await addOrganisation(db)));
    expect(await cancelPayment(contextOf(db, personOf(await addUser(db))), subjectOf(intent))).toEqual({
      cancelled: 0,
    });
    expect(await cancelPayment(ctx, subjectOf(intent))).toEqual({ cancelled: 1 });
    expect(await cancelPayment(ctx, subjectOf(intent))).toEqual({ cancelled: 0 });
    expect(await intentOf(ctx, subjectOf(intent))).toMatchObject({ status: 'cancelled', qr: null });
    expect(await auditLog(db)).toEqual([
      'payment.request done',
      'payment.cancel done',
      'payment.cancel done',
      'payment.cancel done',
    ]);
  });
});

describe('the account of an authority', () => {
  const account = {
    bankBin: '970415',
    bankName: 'VietinBank',
    accountNumber: '118002899999',
    accountName: 'SO Y TE HA NOI',
  };

  test('is set by its administrator; later codes show it, earlier ones keep theirs', async ({ db }) => {
    const organisationId = await addOrganisation(db);
    const payer = contextOf(db, personOf(await addUser(db)));
    const before = await requestPayment(payer, aRequest(organisationId));
    const grants = [{ role: 'admin' as const, organisationId, unitPath: null, provinceCode: null }];
    const admin = contextOf(db, personOf(await addUser(db), { official: true, grants }));
    await setPaymentAccount(admin, { organisationId, ...account });
    const after = await requestPayment(payer, aRequest(organisationId));
    expect(after.payeeAccount).toEqual(account);
    expect(await getPayment(payer, { paymentId: before.id })).toMatchObject({ account: before.payeeAccount });
    expect(await auditLog(db)).toEqual(['payment.request done', 'payment.set-account done', 'payment.request done']);
  });

  test('is not set by anybody else, nor with a number no bank has', async ({ db }) => {
    const organisationId = await addOrganisation(db);
    const elsewhere = [{ role: 'admin' as const, organisationId: newId(), unitPath: null, provinceCode: null }];
    const other = contextOf(db, personOf(await addUser(db), { official: true, grants: elsewhere }));
    await expect(setPaymentAccount(other, { organisationId, ...account })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      setPaymentAccount(contextOf(db), { organisationId, ...account, bankBin: '97041' }),
    ).rejects.toMatchObject({
      code: 'invalidInput',
      details: { fields: [{ path: 'bankBin', reason: 'payments.errors.bankBin' }] },
    });
  });
});
