import { eq } from 'drizzle-orm';
import { webhooks } from '#db/schema/webhooks.ts';
import { findOrganisation, membersOf, usersWithRole } from '#server/identity/index.ts';
import { notify } from '#server/notifications/index.ts';
import type { TxContext } from '#server/platform/index.ts';
import { planTrial, resumeDeliveries } from './announce.ts';
import type { Webhook } from './records.ts';
import { afterFailure, daysBeforeStop, wellStanding } from './rules.ts';

/** What came of calling a receiver. */
export interface Attempt {
  status: number | null;
  /** null: the receiver has it */
  fault: string | null;
}

const wellAgain = { ...wellStanding, lastStatus: null, lastFault: null, lastAt: null, stoppedAt: null };

/**
 * Keeps how a receiver stands after an attempt. After several in a row in vain it rests, longer each time; when its trial
 * arrives all that waited goes on its way; when it took nothing for days it is stopped and its people are told.
 */
export async function noteReceiver(ctx: TxContext, webhookId: string, { status, fault }: Attempt): Promise<void> {
  const [webhook] = await ctx.tx.select().from(webhooks).where(eq(webhooks.id, webhookId)).for('update');
  if (webhook?.state !== 'active') return;
  if (fault === null) {
    if (webhook.restingUntil) await recover(ctx, webhook);
    else if (webhook.failures > 0) await ctx.tx.update(webhooks).set(wellAgain).where(eq(webhooks.id, webhookId));
    return;
  }
  const { stops, ...standing } = afterFailure(webhook, ctx.now());
  const said = { lastStatus: status, lastFault: fault, lastAt: ctx.now() };
  await ctx.tx
    .update(webhooks)
    .set({ ...standing, ...said, ...(stops ? { state: 'stopped' as const, stoppedAt: ctx.now() } : {}) })
    .where(eq(webhooks.id, webhookId));
  if (standing.restingUntil) await planTrial(ctx, webhookId, standing.restingUntil);
  if (stops) await tellStopped(ctx, webhook);
}

/** A receiver counts as one that takes what it is sent: what waited for it goes on its way. */
export async function recover(ctx: TxContext, { id }: Pick<Webhook, 'id'>): Promise<void> {
  await ctx.tx.update(webhooks).set(wellAgain).where(eq(webhooks.id, id));
  await resumeDeliveries(ctx, id);
}

/** Tells those who keep the webhook; what is to be sent waits until they let it go on. */
async function tellStopped(ctx: TxContext, { id, url, organisationId, failingSince }: Webhook): Promise<void> {
  const organisation = await findOrganisation(ctx.tx, organisationId);
  const office = organisation?.kind === 'authority';
  const people = office
    ? await usersWithRole(ctx.tx, 'admin', organisationId)
    : await membersOf(ctx.tx, organisationId);
  for (const { id: userId } of people)
    await notify(ctx, {
      userId,
      kind: 'webhook-stopped',
      data: { host: new URL(url).host, days: daysBeforeStop },
      href: office ? `/office/administration/webhooks/${id}` : `/my/organisations/${organisationId}/webhooks/${id}`,
      dedupeKey: `webhook:${id}:stopped:${failingSince!.toISOString()}`,
    });
}
