import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST } from '#app/api/webhooks/bank/route.ts';
import { type OwnDatabase, ownDatabase } from '#db/testing/index.ts';
import { anonymous } from '#server/platform/actor.ts';
import { newContext, now } from '#server/platform/index.ts';
import { requestPayment } from './commands/request-payment.ts';
import { billAtDemoBank, payAtDemoBank } from './demo-bank.ts';
import { addOrganisation, addUser, aRequest, contextOf, personOf } from './testing/rows.ts';

let own: OwnDatabase;
let server: Server;
let address: string;
const held = globalThis as { motCuaDatabase?: unknown };

/** The webhook behind real HTTP, as the demo bank meets it. */
beforeAll(async () => {
  own = await ownDatabase();
  held.motCuaDatabase = own.db;
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]);
    const answer = await POST(
      new Request(`http://localhost${request.url}`, { method: 'POST', headers, body: Buffer.concat(parts) }),
    );
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = typeof bound === 'object' && bound ? `http://127.0.0.1:${bound.port}` : '';
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  delete held.motCuaDatabase;
  await own.close();
});

const visitor = () => newContext(own.db, anonymous, now);
const owed = async () =>
  requestPayment(contextOf(own.db, personOf(await addUser(own.db)), now()), aRequest(await addOrganisation(own.db)));

describe('the demo bank', () => {
  test('shows what a bank would show, and nothing of the payer', async () => {
    const intent = await owed();
    const bill = await billAtDemoBank(visitor(), { reference: intent.reference });
    expect(bill).toMatchObject({ amount: 1_000_000, status: 'pending', transfers: [], account: intent.payeeAccount });
    expect(JSON.stringify(bill)).not.toContain(intent.payerName);
    await expect(billAtDemoBank(visitor(), { reference: 'MC2222222222' })).rejects.toMatchObject({ code: 'notFound' });
  });

  test('pays the exact sum through the signed webhook', async () => {
    const { reference } = await owed();
    expect(await payAtDemoBank(visitor(), { reference, how: 'exact' }, address)).toMatchObject([
      { outcome: 'settled' },
    ]);
    const bill = await billAtDemoBank(visitor(), { reference });
    expect(bill).toMatchObject({ status: 'settled', transfers: [{ amount: 1_000_000, outcome: 'settled' }] });
  });

  test('pays a wrong sum, which settles nothing', async () => {
    const { reference } = await owed();
    expect(await payAtDemoBank(visitor(), { reference, how: 'under' }, address)).toMatchObject([
      { outcome: 'underpaid' },
    ]);
    expect((await billAtDemoBank(visitor(), { reference })).status).toBe('pending');
  });

  test('tells twice of one transfer, which counts once', async () => {
    const { reference } = await owed();
    const [first, second] = await payAtDemoBank(visitor(), { reference, how: 'twice' }, address);
    expect(first).toMatchObject({ outcome: 'settled' });
    expect(second).toEqual(first);
    expect((await billAtDemoBank(visitor(), { reference })).transfers).toHaveLength(1);
  });

  test('refuses what is no bill by the name of the field', async () => {
    for (const raw of [{}, { reference: 7, how: 'exact' }])
      await expect(payAtDemoBank(visitor(), raw as never, address)).rejects.toMatchObject({
        code: 'invalidInput',
        details: { fields: expect.arrayContaining([expect.objectContaining({ path: 'reference' })]) },
      });
  });
});
