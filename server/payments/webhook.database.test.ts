import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST } from '#app/api/webhooks/bank/route.ts';
import { type OwnDatabase, ownDatabase } from '#db/testing/index.ts';
import { now } from '#server/platform/index.ts';
import { requestPayment } from './commands/request-payment.ts';
import { getIntent } from './records.ts';
import { aCallback, addOrganisation, addUser, aRequest, contextOf, personOf } from './testing/rows.ts';

let own: OwnDatabase;
const held = globalThis as { motCuaDatabase?: unknown };

beforeAll(async () => {
  own = await ownDatabase();
  held.motCuaDatabase = own.db;
});
afterAll(async () => {
  delete held.motCuaDatabase;
  await own.close();
});

const owed = async () =>
  requestPayment(contextOf(own.db, personOf(await addUser(own.db)), now()), aRequest(await addOrganisation(own.db)));

function post(callback: { timestamp: string; signature: string; rawBody: Uint8Array }): Promise<Response> {
  const headers = { 'x-bank-timestamp': callback.timestamp, 'x-bank-signature': callback.signature };
  const body = new Uint8Array(callback.rawBody);
  return POST(new Request('http://localhost/api/webhooks/bank', { method: 'POST', headers, body }));
}

describe('POST /api/webhooks/bank', () => {
  test('settles on a genuine callback and answers a repeated one alike', async () => {
    const intent = await owed();
    const callback = await aCallback(contextOf(own.db, undefined, now()), intent);
    const first = await post(callback);
    expect(first.status).toBe(200);
    const answer = await first.json();
    expect(answer).toMatchObject({ outcome: 'settled', paymentId: intent.id });
    expect(await (await post(callback)).json()).toEqual(answer);
    expect((await getIntent(own.db, intent.id)).status).toBe('settled');
  });

  test('takes a genuine callback that settles nothing, so that the bank does not call again', async () => {
    const intent = await owed();
    const response = await post(await aCallback(contextOf(own.db, undefined, now()), intent, { amount: 1 }));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ outcome: 'underpaid' });
  });

  test('refuses a forged one with a problem document that says nothing more', async () => {
    const intent = await owed();
    const callback = await aCallback(contextOf(own.db, undefined, now()), intent);
    const response = await post({ ...callback, signature: 'f'.repeat(64) });
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 403, reason: 'payments.errors.callbackNotGenuine' });
    expect((await getIntent(own.db, intent.id)).status).toBe('pending');
  });

  test('reads no more than a notice can be long', async () => {
    const response = await post({ timestamp: '1', signature: '0'.repeat(64), rawBody: new Uint8Array(1024 * 1024) });
    expect(response.status).toBe(422);
  });
});
