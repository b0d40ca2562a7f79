import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { organisations } from '#db/schema/identity.ts';
import { webhookDeliveries, webhookEvents, webhooks } from '#db/schema/webhooks.ts';
import { query, reader } from '#server/platform/index.ts';
import { ListDeliveries } from './inputs.ts';
import { canListWebhooks, canReadWebhook, organisationsOf } from './policy.ts';
import { type Delivery, getWebhookRow, webhooksVisibleTo } from './records.ts';
import { stopsAt, type WebhookKind } from './rules.ts';

export interface WebhookLine {
  id: string;
  organisation: { id: string; name: string };
  url: string;
  registers: string[];
  kinds: WebhookKind[];
  /** `stopped`: by the system, since the receiver took nothing for days */
  state: 'active' | 'paused' | 'stopped';
  /** what is wrong with the receiver; null: it takes what it is sent */
  failing: {
    since: Date;
    failures: number;
    /** nothing but a trial is sent until then; null: it does not rest, or was stopped */
    restingUntil: Date | null;
    /** when it is stopped unless it takes something, or was */
    stops: Date;
    lastStatus: number | null;
    lastFault: string;
    lastAt: Date;
  } | null;
  /** until when deliveries bear the signature of the former key too */
  formerKeyUntil: Date | null;
  waiting: number;
  parked: number;
  createdAt: Date;
}

export interface DeliveryLine {
  id: string;
  sequence: number;
  eventId: string;
  action: string;
  /** what it is about; null: a trial */
  entry: { title: string | null; url: string } | null;
  state: Delivery['state'];
  attempts: number;
  lastStatus: number | null;
  /** end of the message key `exchange.webhooks.faults.*` */
  lastFault: string | null;
  lastAt: Date | null;
  nextAt: Date | null;
  createdAt: Date;
}

/** The webhooks of the organisations one keeps them for, and these organisations. */
export const listWebhooks = query({
  input: z.strictObject({}),
  load: (db, _input, ctx) =>
    db
      .select({ webhook: webhooks, name: organisations.name })
      .from(webhooks)
      .innerJoin(organisations, eq(organisations.id, webhooks.organisationId))
      .where(and(webhooksVisibleTo(ctx.actor), sql`${webhooks.state} <> 'removed'`))
      .orderBy(asc(webhooks.createdAt)),
  allow: (actor) => canListWebhooks(actor),
  view: async (ctx, rows) => {
    const db = reader(ctx);
    const ids = organisationsOf(ctx.actor);
    const own = await db
      .select({ id: organisations.id, name: organisations.name, kind: organisations.kind })
      .from(organisations)
      .where(inArray(organisations.id, ids.length > 0 ? ids : ['00000000-0000-0000-0000-000000000000']))
      .orderBy(asc(organisations.name));
    const items: WebhookLine[] = [];
    for (const { webhook, name } of rows) items.push(await lineOf(db, webhook, name, ctx.now()));
    return { items, organisations: own };
  },
});

async function lineOf(
  db: ReturnType<typeof reader>,
  webhook: typeof webhooks.$inferSelect,
  name: string,
  now: Date,
): Promise<WebhookLine> {
  const { id, organisationId, url, registers, kinds, state, createdAt, formerUntil } = webhook;
  const [open] = await db
    .select({
      waiting: sql<number>`count(*) filter (where ${webhookDeliveries.state} = 'waiting')::int`,
      parked: sql<number>`count(*) filter (where ${webhookDeliveries.state} = 'parked')::int`,
    })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.webhookId, id));
  return {
    id,
    organisation: { id: organisationId, name },
    url,
    registers,
    kinds: kinds as WebhookKind[],
    state: state === 'removed' ? 'paused' : state,
    failing: failingOf(webhook),
    formerKeyUntil: formerUntil && formerUntil > now ? formerUntil : null,
    waiting: open!.waiting,
    parked: open!.parked,
    createdAt,
  };
}

function failingOf(webhook: typeof webhooks.$inferSelect): WebhookLine['failing'] {
  const { failures, failingSince, restingUntil, stoppedAt, lastStatus, lastFault, lastAt } = webhook;
  if (!failingSince || !lastFault || !lastAt) return null;
  const stops = stoppedAt ?? stopsAt(failingSince);
  return { since: failingSince, failures, restingUntil, stops, lastStatus, lastFault, lastAt };
}

const pageSize = 50;

/** One webhook with the log of its deliveries, the latest first. */
export const getWebhook = query({
  input: ListDeliveries,
  load: (db, { webhookId }) => getWebhookRow(db, webhookId),
  allow: (actor, webhook) => canReadWebhook(actor, webhook),
  view: async (ctx, webhook, { page }) => {
    const db = reader(ctx);
    const where = eq(webhookDeliveries.webhookId, webhook.id);
    const [total] = await db.select({ n: count() }).from(webhookDeliveries).where(where);
    const rows = await db
      .select({ delivery: webhookDeliveries, event: webhookEvents })
      .from(webhookDeliveries)
      .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
      .where(where)
      .orderBy(desc(webhookEvents.sequence))
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    const [organisation] = await db
      .select({ name: organisations.name })
      .from(organisations)
      .where(eq(organisations.id, webhook.organisationId));
    return {
      webhook: await lineOf(db, webhook, organisation!.name, ctx.now()),
      items: rows.map(({ delivery, event }): DeliveryLine => {
        const entry = event.body.entry as { title: string | null; url: string } | undefined;
        return {
          id: delivery.id,
          sequence: event.sequence,
          eventId: event.id,
          action: String(event.body.action),
          entry: entry ? { title: entry.title, url: entry.url } : null,
          state: delivery.state,
          attempts: delivery.attempts,
          lastStatus: delivery.lastStatus,
          lastFault: delivery.lastFault,
          lastAt: delivery.lastAt,
          nextAt: delivery.nextAt,
          createdAt: delivery.createdAt,
        };
      }),
      page,
      pageSize,
      total: total!.n,
    };
  },
});
