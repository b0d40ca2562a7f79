import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { webhookDeliveries, webhookEvents, webhooks } from '#db/schema/webhooks.ts';
import { AppError, type Context, job, type TxContext, transaction } from '#server/platform/index.ts';
import { callOutside, type OutgoingRules } from '#server/platform/outgoing.ts';
import { sendDelivery } from './announce.ts';
import { rulesFor } from './receiver.ts';
import type { Delivery, Webhook } from './records.ts';
import { type Attempt, noteReceiver } from './rest.ts';
import { faultOf, nextAttempt, signatureOf } from './rules.ts';
import { openSecret } from './secrets.ts';

/** How a receiver is called; what it answers is not kept. */
interface Call {
  /** ms it has for its answer */
  patience?: number;
  rules?: OutgoingRules;
  /** whether a resting receiver takes anything again */
  trial?: boolean;
}

/** One attempt at one delivery. A receiver may get an event twice and tells it by its id. */
export async function attemptDelivery(ctx: Context, deliveryId: string, call: Call = {}): Promise<void> {
  const [row] = await ctx.db
    .select({ delivery: webhookDeliveries, webhook: webhooks, event: webhookEvents })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(eq(webhookDeliveries.id, deliveryId));
  // a paused receiver finds it when it goes on; a removed one never
  if (row?.delivery.state !== 'waiting' || row.webhook.state !== 'active') return;
  // one that rests is asked by its trial alone: the others wait, and that is no attempt
  if (row.webhook.restingUntil !== null && !call.trial) return;
  const { id, sequence, body } = row.event;
  const answer = await post(ctx, row.webhook, id, JSON.stringify({ id, sequence, ...body }), call);
  await transaction(ctx, async (tx) => {
    await noteAnswer(tx, row.delivery, answer, call.trial ?? false);
    await noteReceiver(tx, row.webhook.id, answer);
  });
}

/** What came of an attempt. A trial in vain says something of the receiver, nothing of the delivery: it is not counted. */
async function noteAnswer(ctx: TxContext, delivery: Delivery, { status, fault }: Attempt, trial: boolean) {
  const { id, webhookId } = delivery;
  const said = { lastStatus: status, lastFault: fault, lastAt: ctx.now() };
  const waiting = and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.state, 'waiting'));
  if (fault !== null && trial) {
    await ctx.tx.update(webhookDeliveries).set(said).where(waiting);
    return;
  }
  const attempts = delivery.attempts + 1;
  const nextAt = fault === null ? null : nextAttempt(attempts, ctx.now());
  const state = fault === null ? 'delivered' : nextAt ? 'waiting' : 'parked';
  await ctx.tx
    .update(webhookDeliveries)
    .set({ ...said, state, attempts, nextAt })
    .where(waiting);
  if (nextAt) await sendDelivery(ctx, { id, webhookId }, nextAt);
}

async function post(
  ctx: Context,
  { url, secret: sealed, formerSecret, formerUntil }: Webhook,
  eventId: string,
  body: string,
  { patience = 10_000, rules = rulesFor(url) }: Call,
): Promise<Attempt> {
  const secret = openSecret(sealed);
  if (secret === null) return { status: null, fault: 'secret' };
  const former = formerSecret && formerUntil && formerUntil > ctx.now() ? openSecret(formerSecret) : null;
  const seconds = Math.floor(ctx.now().getTime() / 1000);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'mot-cua-webhook/1',
    'mot-cua-id': eventId,
    'mot-cua-timestamp': String(seconds),
    'mot-cua-signature': signatureOf(secret, seconds, body),
    ...(former === null ? {} : { 'mot-cua-signature-former': signatureOf(former, seconds, body) }),
  };
  try {
    const call = { method: 'POST', headers, body: Buffer.from(body), patience, largest: 65_536 } as const;
    const { status } = await callOutside(url, call, rules);
    return { status, fault: faultOf(status) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { status: null, fault: error.reason.split('.').at(-1)! };
  }
}

export const deliver = job('webhook.deliver', z.object({ deliveryId: z.string() }), (ctx, { deliveryId }) =>
  attemptDelivery(ctx, deliveryId),
);
