import { beforeAll, expect, vi } from 'vitest';
import { testDatabase as test } from '#db/testing/index.ts';
import { getMail, searchMails } from '#server/notifications/index.ts';
import { env } from '#server/platform/env.ts';
import { newId } from '#server/platform/index.ts';
import { requestPayment } from './commands/request-payment.ts';
import { setPaymentAccount } from './commands/set-payment-account.ts';
import { billAtDemoBank, payAtDemoBank } from './demo-bank.ts';
import { addOrganisation, addUser, aRequest, contextOf, personOf } from './testing/rows.ts';

const account = { bankBin: '970415', bankName: 'VietinBank', accountNumber: '118002899999', accountName: 'SO Y TE' };

beforeAll(() => {
  const settings = {
    DEMO: '0',
    DATABASE_URL: 'postgres://localhost/x',
    AUTH_SECRET: 'x'.repeat(40),
    SIGNER_KEYSTORE: 'package.json',
    SIGNER_PASSWORD_FILE: 'package.json',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  expect(env().demo).toBe(false);
});

test('outside a demo nobody finds the demo bank or the demo mailbox', async ({ db }) => {
  const organisationId = await addOrganisation(db);
  await setPaymentAccount(contextOf(db), { organisationId, ...account });
  const ctx = contextOf(db, personOf(await addUser(db)));
  const { reference } = await requestPayment(ctx, aRequest(organisationId));
  const notFound = { code: 'notFound' };
  await expect(billAtDemoBank(ctx, { reference })).rejects.toMatchObject(notFound);
  await expect(payAtDemoBank(ctx, { reference, how: 'exact' })).rejects.toMatchObject(notFound);
  await expect(searchMails(ctx, {})).rejects.toMatchObject(notFound);
  await expect(getMail(ctx, { id: newId() })).rejects.toMatchObject(notFound);
});

test('outside a demo a sum can only be asked for once the authority has named its account', async ({ db }) => {
  const organisationId = await addOrganisation(db);
  const ctx = contextOf(db, personOf(await addUser(db)));
  await expect(requestPayment(ctx, aRequest(organisationId))).rejects.toMatchObject({
    code: 'unavailable',
    reason: 'payments.errors.noAccount',
  });
  await setPaymentAccount(contextOf(db), { organisationId, ...account });
  expect(await requestPayment(ctx, aRequest(organisationId))).toMatchObject({ payeeAccount: account });
});
