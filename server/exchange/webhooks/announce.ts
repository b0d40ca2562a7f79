import { and, sql } from 'drizzle-orm';
import { z } from 'zod';
import { webhookDeliveries, webhookEvents, webhooks } from '#db/schema/webhooks.ts';
import { localDate } from '#server/calendar/index.ts';
import { env } from '#server/platform/env.ts';
import { as, enqueue, job, newId, systemActor, type TxContext, transaction } from '#server/platform/index.ts';
import { type EntryChange, findEntries, registerOf, versionsOn } from '#server/registers/index.ts';
import { kindOf } from './rules.ts';

const batch = 200;
/** Recalls, mails and whatever else somebody waits for come first: a sheet of ten thousand rows is told of ten thousand times. */
export const behindPeople = 10;

/**
 * Sends a delivery on its way, behind what people wait for. A receiver is called by one worker at a time: one that keeps
 * everybody waiting for its answer keeps no other job waiting.
 */
export const sendDelivery = (
  ctx: TxContext,
  { id, webhookId }: { id: string; webhookId: string },
  runAt?: Date,
): Promise<void> =>
  enqueue(
    ctx,
    'webhook.deliver',
    { deliveryId: id },
    { jobKey: `webhook:${id}`, priority: behindPeople, queue: `webhook:${webhookId}`, ...(runAt ? { runAt } : {}) },
  );

const subscribed = (ctx: TxContext, register: string) =>
  as(ctx, systemActor('webhooks'))
    .tx.select({ id: webhooks.id, kinds: webhooks.kinds })
    .from(webhooks)
    .where(and(sql`${webhooks.state} <> 'removed'`, sql`${register} = any(${webhooks.registers})`));

/** Leaves changes in the outbox for those who asked to be told: in the transaction that makes them. */
export async function announceChanges(
  ctx: TxContext,
  register: string,
  changes: readonly EntryChange[],
): Promise<void> {
  const kinds = new Set((await subscribed(ctx, register)).flatMap((each) => each.kinds));
  const told = changes.filter(({ action }) => kinds.has(kindOf(action))).map((change) => ({ id: newId(), ...change }));
  for (let at = 0; at < told.length; at += batch)
    await enqueue(
      ctx,
      'webhook.announce',
      { register, changes: told.slice(at, at + batch), at: ctx.now().toISOString() },
      { priority: behindPeople },
    );
}

const Change = z.object({ id: z.string(), entryId: z.string(), action: z.string(), validFrom: z.string() });

/** Writes each change down once as an event, and a delivery for each receiver. Running it again adds nothing. */
export const announce = job(
  'webhook.announce',
  z.object({ register: z.string(), changes: z.array(Change), at: z.string() }),
  (ctx, { register, changes, at }) =>
    transaction(ctx, async (tx) => {
      const receivers = await subscribed(tx, register);
      const bodies = await bodiesOf(tx, register, changes, at);
      for (const { id, action } of changes) {
        const wanted = receivers.filter(({ kinds }) => kinds.includes(kindOf(action)));
        const body = bodies.get(id);
        if (!body || wanted.length === 0) continue;
        await tx.tx.insert(webhookEvents).values({ id, body, createdAt: tx.now() }).onConflictDoNothing();
        await addDeliveries(
          tx,
          wanted.map(({ id: webhookId }) => webhookId),
          id,
        );
      }
    }),
);

/** Sends an event on its way to receivers that have not got it yet. */
export async function addDeliveries(ctx: TxContext, webhookIds: string[], eventId: string): Promise<void> {
  const added = await ctx.tx
    .insert(webhookDeliveries)
    .values(
      webhookIds.map((webhookId) => ({ id: newId(), webhookId, eventId, createdAt: ctx.now(), nextAt: ctx.now() })),
    )
    .onConflictDoNothing()
    .returning({ id: webhookDeliveries.id, webhookId: webhookDeliveries.webhookId });
  for (const delivery of added) await sendDelivery(ctx, delivery);
}

/** What a receiver is told of each change: what is public of the entry as it stands now, and where to read more. */
async function bodiesOf(ctx: TxContext, register: string, changes: readonly z.output<typeof Change>[], at: string) {
  const ids = [...new Set(changes.map(({ entryId }) => entryId))];
  const { fields, title } = registerOf(register);
  const open = fields.filter((field) => field.public);
  const versions = await versionsOn(ctx.tx, ids, localDate(ctx.now()));
  const entries = new Map((await findEntries(ctx.tx, ids)).map((entry) => [entry.id, entry]));
  return new Map(
    changes.flatMap(({ id, entryId, action, validFrom }) => {
      const entry = entries.get(entryId);
      if (!entry) return [];
      const version = versions.get(entryId);
      const content = version?.content ?? {};
      const body = {
        register,
        kind: kindOf(action),
        action,
        validFrom,
        at,
        entry: {
          id: entryId,
          url: `${env().appUrl}/registers/${register}/${entryId}`,
          title: version ? title(content) : null,
          closedOn: entry.closedOn,
          mergedInto: entry.mergedInto,
          // null: what was said holds only from a later day on
          fields: version ? Object.fromEntries(open.map(({ name }) => [name, content[name] ?? null])) : null,
        },
      };
      return [[id, body] as const];
    }),
  );
}

/** An event without a change, for one receiver: whether it answers and knows the signature. */
export async function addPing(ctx: TxContext, webhookId: string): Promise<void> {
  const id = newId();
  const body = { register: null, kind: 'ping', action: 'ping', at: ctx.now().toISOString() };
  await ctx.tx.insert(webhookEvents).values({ id, body, createdAt: ctx.now() });
  await addDeliveries(ctx, [webhookId], id);
}

/**
 * Those whose time has come go on their way again, in the order of their events, after a pause or a rest: their jobs came and
 * went meanwhile. One whose next attempt is still ahead has its job.
 */
export async function resumeDeliveries(ctx: TxContext, webhookId: string): Promise<void> {
  // in one statement: after days of rest there may be a hundred thousand
  await ctx.tx.execute(sql`
    select enqueue('webhook.deliver', json_build_object('deliveryId', w.id), 'webhook:' || w.id, null::timestamptz, null::int,
      ${`webhook:${webhookId}`}, ${behindPeople}::int)
    from (select d.id from webhook_deliveries d join webhook_events e on e.id = d.event_id
      where d.webhook_id = ${webhookId} and d.state = 'waiting' and (d.next_at is null or d.next_at <= ${ctx.now().toISOString()}::timestamptz)
      order by e.sequence) w`);
}

/** Asks a resting receiver by one delivery at a moment; a trial that was planned for another moment is not made then. */
export const planTrial = (ctx: TxContext, webhookId: string, runAt?: Date): Promise<void> =>
  enqueue(
    ctx,
    'webhook.try',
    { webhookId },
    {
      jobKey: `webhook-try:${webhookId}`,
      priority: behindPeople,
      queue: `webhook:${webhookId}`,
      ...(runAt ? { runAt } : {}),
    },
  );
