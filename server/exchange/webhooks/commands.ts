import { eq } from 'drizzle-orm';
import { webhookDeliveries, webhooks } from '#db/schema/webhooks.ts';
import { AppError, command, newId, personId } from '#server/platform/index.ts';
import { addPing, planTrial, sendDelivery } from './announce.ts';
import { AddWebhook, ReplayDelivery, SetWebhookState, WebhookRef } from './inputs.ts';
import { canChangeWebhook } from './policy.ts';
import { assertReceiver } from './receiver.ts';
import { lockDelivery, lockWebhook, type Webhook } from './records.ts';
import { recover } from './rest.ts';
import { hoursOfFormerKey } from './rules.ts';
import { newSecret, sealSecret } from './secrets.ts';

/**
 * Asks that an address be told of changes. The answer holds the key its deliveries are signed with: it is shown this once.
 * @throws AppError invalidInput when the address may not be called
 */
export const addWebhook = command({
  name: 'webhook.add',
  input: AddWebhook,
  load: async (_ctx, { organisationId }) => ({ organisationId }),
  allow: (actor, subject) => canChangeWebhook(actor, subject),
  run: async (ctx, { organisationId, url, registers, kinds }) => {
    const webhookId = newId();
    const secret = newSecret();
    await ctx.tx.insert(webhooks).values({
      id: webhookId,
      organisationId,
      url: assertReceiver(url),
      registers: [...new Set(registers)],
      kinds: [...new Set(kinds)],
      secret: sealSecret(secret),
      createdBy: personId(ctx.actor)!,
      createdAt: ctx.now(),
    });
    return { webhookId, secret };
  },
  audit: ({ input, result }) => ({
    subjectType: 'webhook',
    subjectId: result.webhookId,
    details: { organisationId: input.organisationId, host: new URL(input.url).host, registers: input.registers },
  }),
});

const factsOf = ({ subject }: { subject: Webhook }) => ({
  subjectType: 'webhook',
  subjectId: subject.id,
  details: { organisationId: subject.organisationId, host: new URL(subject.url).host },
});

/** Nothing is sent to one that was paused, or stopped because it took nothing. */
function assertActive({ state }: Webhook): void {
  if (state !== 'active') throw new AppError('invalidState', 'exchange.errors.webhookPaused');
}

/** Asks a receiver that rests at once, by one of the deliveries that wait, instead of at the end of its rest. */
export const tryWebhook = command({
  name: 'webhook.try',
  input: WebhookRef,
  load: (ctx, { webhookId }) => lockWebhook(ctx, webhookId),
  allow: (actor, webhook) => canChangeWebhook(actor, webhook),
  run: async (ctx, _input, webhook) => {
    assertActive(webhook);
    if (webhook.restingUntil === null) throw new AppError('invalidState', 'exchange.errors.webhookRestsNot');
    await planTrial(ctx, webhook.id);
    return { webhookId: webhook.id };
  },
  audit: factsOf,
});

/**
 * Makes another key for signatures. The answer holds it: it is shown this once. For a day deliveries bear the signature of the
 * former one too, so that the receiver can take the new one over without missing anything.
 */
export const rotateSecret = command({
  name: 'webhook.rotateSecret',
  input: WebhookRef,
  load: (ctx, { webhookId }) => lockWebhook(ctx, webhookId),
  allow: (actor, webhook) => canChangeWebhook(actor, webhook),
  run: async (ctx, _input, webhook) => {
    const secret = newSecret();
    const formerUntil = new Date(ctx.now().getTime() + hoursOfFormerKey * 3_600_000);
    await ctx.tx
      .update(webhooks)
      .set({ secret: sealSecret(secret), formerSecret: webhook.secret, formerUntil })
      .where(eq(webhooks.id, webhook.id));
    return { webhookId: webhook.id, secret, formerUntil };
  },
  audit: factsOf,
});

/** Pauses, goes on with or removes a webhook. What came up in a pause is delivered after it; of a removed one nothing. */
export const setWebhookState = command({
  name: 'webhook.setState',
  input: SetWebhookState,
  load: (ctx, { webhookId }) => lockWebhook(ctx, webhookId),
  allow: (actor, webhook) => canChangeWebhook(actor, webhook),
  run: async (ctx, { state }, webhook) => {
    await ctx.tx.update(webhooks).set({ state }).where(eq(webhooks.id, webhook.id));
    // what it did before the pause says nothing of it any more
    if (state === 'active') await recover(ctx, webhook);
    return { webhookId: webhook.id };
  },
  audit: (facts) => ({ ...factsOf(facts), details: { ...factsOf(facts).details, state: facts.input.state } }),
});

/** Sends a trial event, so that whoever builds the receiver sees it arrive. */
export const pingWebhook = command({
  name: 'webhook.ping',
  input: WebhookRef,
  load: (ctx, { webhookId }) => lockWebhook(ctx, webhookId),
  allow: (actor, webhook) => canChangeWebhook(actor, webhook),
  run: async (ctx, _input, webhook) => {
    assertActive(webhook);
    // one that rests is asked with what waits
    if (webhook.restingUntil) throw new AppError('invalidState', 'exchange.errors.webhookRests');
    await addPing(ctx, webhook.id);
    return { webhookId: webhook.id };
  },
  audit: factsOf,
});

/** Sends a delivery once more, under the same id: one that was parked, or one the receiver lost. */
export const replayDelivery = command({
  name: 'webhook.replay',
  input: ReplayDelivery,
  load: (ctx, { deliveryId }) => lockDelivery(ctx, deliveryId),
  allow: (actor, webhook) => canChangeWebhook(actor, webhook),
  run: async (ctx, { deliveryId }, webhook) => {
    assertActive(webhook);
    await ctx.tx
      .update(webhookDeliveries)
      .set({ state: 'waiting', attempts: 0, nextAt: ctx.now() })
      .where(eq(webhookDeliveries.id, deliveryId));
    await sendDelivery(ctx, { id: deliveryId, webhookId: webhook.id });
    return { deliveryId, webhookId: webhook.id };
  },
  audit: (facts) => ({
    ...factsOf(facts),
    details: { ...factsOf(facts).details, deliveryId: facts.input.deliveryId },
  }),
});
