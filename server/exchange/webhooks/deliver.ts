import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { webhookDeliveries, webhookEvents, webhooks } from '#db/schema/webhooks.ts';
import { AppError, type Context, job, transaction } from '#server/platform/index.ts';
import { callOutside, type OutgoingRules } from '#server/platform/outgoing.ts';
import { sendDelivery } from './announce.ts';
import { rulesFor } from './receiver.ts';
import { faultOf, nextAttempt, signatureOf } from './rules.ts';
import { openSecret } from './secrets.ts';

/** How a receiver is called; what it answers is not kept. */
interface Call {
  /** ms it has for its answer */
  patience?: number;
  rules?: OutgoingRules;
}

interface Attempt {
  status: number | null;
  /** null: the receiver has it */
  fault: string | null;
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
  const { id, sequence, body } = row.event;
  const { status, fault } = await post(ctx, row.webhook, id, JSON.stringify({ id, sequence, ...body }), call);
  const attempts = row.delivery.attempts + 1;
  const nextAt = fault === null ? null : nextAttempt(attempts, ctx.now());
  await transaction(ctx, async (tx) => {
    const state = fault === null ? 'delivered' : nextAt ? 'waiting' : 'parked';
    await tx.tx
      .update(webhookDeliveries)
      .set({ state, attempts, lastStatus: status, lastFault: fault, lastAt: tx.now(), nextAt })
      .where(and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.state, 'waiting')));
    if (nextAt) await sendDelivery(tx, { id: deliveryId, webhookId: row.webhook.id }, nextAt);
  });
}

async function post(
  ctx: Context,
  { url, secret: sealed }: { url: string; secret: string },
  eventId: string,
  body: string,
  { patience = 10_000, rules = rulesFor(url) }: Call,
): Promise<Attempt> {
  const secret = openSecret(sealed);
  if (secret === null) return { status: null, fault: 'secret' };
  const seconds = Math.floor(ctx.now().getTime() / 1000);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'mot-cua-webhook/1',
    'mot-cua-id': eventId,
    'mot-cua-timestamp': String(seconds),
    'mot-cua-signature': signatureOf(secret, seconds, body),
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
