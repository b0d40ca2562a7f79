import { eq } from 'drizzle-orm';
import { webhookDeliveries, webhooks } from '#db/schema/webhooks.ts';
import { AppError, command, newId, personId } from '#server/platform/index.ts';
import { addPing, resumeDeliveries, sendDelivery } from './announce.ts';
import { AddWebhook, ReplayDelivery, SetWebhookState, WebhookRef } from './inputs.ts';
import { canChangeWebhook } from './policy.ts';
import { assertReceiver } from './receiver.ts';
import { lockDelivery, lockWebhook, type Webhook } from './records.ts';
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

/** Pauses, goes on with or removes a webhook. What came up in a pause is delivered after it; of a removed one nothing. */
export const setWebhookState = command({
  name: 'webhook.setState',
  input: SetWebhookState,
  load: (ctx, { webhookId }) => lockWebhook(ctx, webhookId),
  allow: (actor, webhook) => canChangeWebhook(actor, webhook),
  run: async (ctx, { state }, webhook) => {
    await ctx.tx.update(webhooks).set({ state }).where(eq(webhooks.id, webhook.id));
    if (state === 'active') await resumeDeliveries(ctx, webhook.id);
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
    if (webhook.state !== 'active') throw new AppError('invalidState', 'exchange.errors.webhookPaused');
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
    if (webhook.state !== 'active') throw new AppError('invalidState', 'exchange.errors.webhookPaused');
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
