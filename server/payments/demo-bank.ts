import { desc, eq } from 'drizzle-orm';
import { paymentCallbacks } from '#db/schema/payments.ts';
import { env } from '#server/platform/env.ts';
import {
  AppError,
  allow,
  as,
  type Context,
  hide,
  newId,
  notFound,
  now,
  parseInput,
  query,
  reader,
  systemActor,
} from '#server/platform/index.ts';
import { callOutside, thisMachine } from '#server/platform/outgoing.ts';
import { signatureOf } from './bank-provider.ts';
import type { CallbackAnswer } from './commands/record-callback.ts';
import { bookAtDemoBank, referenceOf } from './demo-bank-books.ts';
import { type BankNotice, PayAtDemoBank, PaymentReference } from './inputs.ts';
import { findByReference, type Intent } from './records.ts';
import { bankSecret } from './secret.ts';
import { subjectHooks } from './subjects.ts';

const inDemoOnly = () => (env().demo ? allow : hide);
/** A bank knows a bill by its reference, whoever shows it. */
const asBank = (ctx: Context) => reader(as(ctx, systemActor('demo-bank')));

/** What a bank's application shows of a bill, and what became of the transfers made for it. Not found outside a demo. */
export const billAtDemoBank = query({
  input: PaymentReference,
  load: async (_db, { reference }, ctx) => (await findByReference(asBank(ctx), [reference])) ?? notFound(),
  allow: inDemoOnly,
  view: async (ctx, intent) => {
    const transfers = await asBank(ctx)
      .select()
      .from(paymentCallbacks)
      .where(eq(paymentCallbacks.intentId, intent.id))
      .orderBy(desc(paymentCallbacks.receivedAt), desc(paymentCallbacks.id));
    return {
      account: intent.payeeAccount,
      amount: intent.amount,
      reference: intent.reference,
      status: intent.status,
      href: subjectHooks(intent.subjectType)?.href?.(intent.subjectId) ?? null,
      transfers: transfers.map(({ id, amount, outcome, receivedAt }) => ({ id, amount, outcome, receivedAt })),
    };
  },
});

/**
 * Plays the bank: makes a transfer in its own books and tells our webhook of it over HTTP, signed as a bank would.
 * `twice` tells of the same transfer two times, `untold` not at all. Not found outside a demo.
 * @param address where the application listens
 */
export async function payAtDemoBank(
  ctx: Context,
  raw: PayAtDemoBank,
  address = ownAddress(),
): Promise<CallbackAnswer[]> {
  if (!env().demo) notFound();
  const { reference, how } = parseInput(PayAtDemoBank, raw);
  const intent = (await findByReference(asBank(ctx), [reference])) ?? notFound();
  const notice = noticeOf(intent, how);
  await bookAtDemoBank(ctx, notice);
  if (how === 'untold') return [];
  const secret = await bankSecret(ctx);
  const answers = [await post(address, secret, notice)];
  if (how === 'twice') answers.push(await post(address, secret, notice));
  return answers;
}

/** The port this process listens on, on this host. */
function ownAddress(): string {
  const { host, port } = env();
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function noticeOf(intent: Intent, how: PayAtDemoBank['how']): BankNotice {
  const eventId = newId();
  const more = how === 'over' ? 1000 : how === 'under' ? -1000 : 0;
  return {
    eventId,
    bankReference: referenceOf(eventId),
    accountNumber: intent.payeeAccount.accountNumber,
    amount: Math.max(1, intent.amount + more),
    currency: 'VND',
    content: how === 'other' ? 'nop phi thu tuc' : `${intent.reference} chuyen tien`,
    transferredAt: now().toISOString(),
  };
}

async function post(address: string, secret: string, notice: BankNotice): Promise<CallbackAnswer> {
  const body = Buffer.from(JSON.stringify(notice));
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const response = await callOutside(
    `${address}/api/webhooks/bank`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-bank-timestamp': timestamp,
        'x-bank-signature': signatureOf(secret, timestamp, body),
      },
      body,
      patience: 45_000,
    },
    thisMachine(address),
  );
  if (response.status !== 200) throw new AppError('unavailable', 'payments.errors.demoBankUnanswered');
  return JSON.parse(Buffer.from(response.body).toString('utf8')) as CallbackAnswer;
}
