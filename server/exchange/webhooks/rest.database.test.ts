import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { notifications } from '#db/schema/notifications.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { webhookDeliveries, webhooks } from '#db/schema/webhooks.ts';
import { type OwnDatabase, testDatabase as test } from '#db/testing/index.ts';
import { insertFacility } from '#server/facilities/testing.ts';
import { personId } from '#server/platform/index.ts';
import { addWebhook, pingWebhook, replayDelivery, rotateSecret, setWebhookState, tryWebhook } from './commands.ts';
import { attemptDelivery } from './deliver.ts';
import { getWebhook } from './queries.ts';
import { daysBeforeStop, failuresBeforeRest, signatureOf } from './rules.ts';
import { lastAudit, openReceiver, stateOf } from './testing/receiver.ts';
import { tryReceiver } from './try-resting.ts';

const hall = openReceiver();

/** A receiver with many deliveries that wait, the first of which failed so often that it rests. */
async function resting(own: OwnDatabase, many = 12) {
  const { db } = own;
  const { authority, admin, elsewhere, asked } = await hall.desk(db);
  const { webhookId, secret } = await addWebhook(admin, asked);
  for (let n = 0; n < many; n += 1) await insertFacility(db, authority.id, { name: `Nhà thuốc ${n}` });
  const ids = (await hall.carryOut(own)).map(({ id }) => id);
  hall.answers = Array.from({ length: failuresBeforeRest }, () => 503);
  for (const id of ids.slice(0, failuresBeforeRest)) await attemptDelivery(hall.system(db), id);
  hall.got = [];
  return { admin, elsewhere, webhookId, secret, ids };
}
const webhookOf = async ({ db }: OwnDatabase) => (await db.select().from(webhooks))[0]!;
const tries = async ({ db }: OwnDatabase) =>
  (await db.select().from(webhookDeliveries)).reduce((sum, { attempts }) => sum + attempts, 0);

describe('a receiver that fails several times in a row', () => {
  test('rests: nothing is sent, no attempt is used up, and one trial is planned', async ({ own }) => {
    const { db } = own;
    const { admin, webhookId, ids } = await resting(own);
    const { restingUntil } = await webhookOf(own);
    expect(restingUntil).toEqual(new Date(hall.clock.getTime() + 5 * 60_000));
    for (const id of ids) await attemptDelivery(hall.system(db), id);
    expect(hall.got).toEqual([]);
    expect(await tries(own)).toBe(failuresBeforeRest);
    expect(await hall.outbox(own, 'webhook.try')).toEqual([{ webhookId }]);
    const { webhook } = await getWebhook(admin, { webhookId });
    expect(webhook).toMatchObject({
      state: 'active',
      waiting: ids.length,
      failing: { failures: failuresBeforeRest, since: hall.clock, restingUntil, lastStatus: 503, lastFault: 'refused' },
    });
    expect(webhook.failing!.stops).toEqual(new Date(hall.clock.getTime() + daysBeforeStop * 86_400_000));
  });

  test('rests longer after each trial in vain, which is another delivery each time and costs it nothing', async ({
    own,
  }) => {
    const { db } = own;
    const { webhookId } = await resting(own);
    const lengths: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      hall.answers = [500];
      await tryReceiver(hall.system(db), webhookId);
      const { restingUntil } = await webhookOf(own);
      lengths.push((restingUntil!.getTime() - hall.clock.getTime()) / 60_000);
      hall.clock = restingUntil!;
    }
    expect(lengths).toEqual([15, 30, 60, 120, 240, 360, 360, 360]);
    expect(await tries(own)).toBe(failuresBeforeRest);
    // those that were never tried come first
    expect(new Set(hall.got.map(({ headers }) => headers['mot-cua-id'])).size).toBe(8);
    expect(await hall.outbox(own, 'webhook.try')).toHaveLength(1);
  });

  test('gets everything in order once a trial arrives, and nothing is lost', async ({ own }) => {
    const { db } = own;
    const { webhookId, ids } = await resting(own);
    hall.pass(5);
    await tryReceiver(hall.system(db), webhookId);
    expect(hall.got).toHaveLength(1);
    expect(await webhookOf(own)).toMatchObject({
      failures: 0,
      failingSince: null,
      restingUntil: null,
      lastFault: null,
    });
    const due = await hall.outbox(own, 'webhook.deliver');
    for (const { deliveryId } of due) await attemptDelivery(hall.system(db), deliveryId!);
    for (const id of ids) expect(await stateOf(db, id)).toMatchObject({ state: 'delivered' });
    const told = hall.got.slice(1).map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence);
    expect(new Set(hall.got.map(({ headers }) => headers['mot-cua-id'])).size).toBe(ids.length);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  test('is not kept from the others by one delivery that it refuses', async ({ own }) => {
    const { db } = own;
    const { admin, webhookId, id } = await hall.waiting(own);
    hall.answers = Array.from({ length: failuresBeforeRest + 1 }, () => 400);
    for (let n = 0; n < failuresBeforeRest; n += 1) await attemptDelivery(hall.system(db), id);
    await expect(pingWebhook(admin, { webhookId })).rejects.toMatchObject({
      code: 'invalidState',
      reason: 'exchange.errors.webhookRests',
    });
    await tryReceiver(hall.system(db), webhookId);
    await insertFacility(db, (await webhookOf(own)).organisationId);
    await hall.carryOut(own);
    await tryReceiver(hall.system(db), webhookId);
    expect(await webhookOf(own)).toMatchObject({ restingUntil: null, failures: 0 });
    expect(await stateOf(db, id)).toMatchObject({ state: 'waiting', attempts: failuresBeforeRest });
  });

  test('is stopped after its days, its people are told once, and what waits goes when somebody lets it', async ({
    own,
  }) => {
    const { db } = own;
    const { admin, webhookId, ids } = await resting(own);
    const since = hall.clock;
    for (let n = 0; (await webhookOf(own)).state === 'active' && n < 100; n += 1) {
      hall.clock = (await webhookOf(own)).restingUntil!;
      hall.answers = [500];
      await tryReceiver(hall.system(db), webhookId);
    }
    const days = (hall.clock.getTime() - since.getTime()) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(daysBeforeStop);
    expect(days).toBeLessThan(daysBeforeStop + 0.3);
    expect(await webhookOf(own)).toMatchObject({ state: 'stopped', restingUntil: null, stoppedAt: hall.clock });
    const told = await db.select().from(notifications).where(eq(notifications.kind, 'webhook-stopped'));
    expect(told).toMatchObject([
      { userId: personId(admin.actor), href: `/office/administration/webhooks/${webhookId}` },
    ]);
    hall.got = [];
    await attemptDelivery(hall.system(db), ids.at(-1)!);
    await tryReceiver(hall.system(db), webhookId);
    await expect(replayDelivery(admin, { deliveryId: ids[0]! })).rejects.toMatchObject({ code: 'invalidState' });
    expect(hall.got).toEqual([]);
    expect((await getWebhook(admin, { webhookId })).webhook).toMatchObject({ state: 'stopped', waiting: ids.length });
    await setWebhookState(admin, { webhookId, state: 'active' });
    expect((await getWebhook(admin, { webhookId })).webhook).toMatchObject({ state: 'active', failing: null });
    for (const { deliveryId } of await hall.outbox(own, 'webhook.deliver'))
      await attemptDelivery(hall.system(db), deliveryId!);
    for (const id of ids) expect(await stateOf(db, id)).toMatchObject({ state: 'delivered' });
  });

  test('counts as well when nothing is left to ask it with', async ({ own }) => {
    const { db } = own;
    const { webhookId } = await resting(own);
    await db.update(webhookDeliveries).set({ state: 'parked' });
    await tryReceiver(hall.system(db), webhookId);
    expect(await webhookOf(own)).toMatchObject({ restingUntil: null, failures: 0, failingSince: null });
    expect(hall.got).toEqual([]);
  });
});

describe('who keeps a webhook', () => {
  test('tries a resting receiver at once; nobody else does, and one that does not rest is not tried', async ({
    own,
  }) => {
    const { admin, elsewhere, webhookId } = await resting(own);
    await expect(tryWebhook(elsewhere, { webhookId })).rejects.toMatchObject({ code: 'notFound' });
    expect(await lastAudit(own.db)).toMatchObject({ action: 'webhook.try', outcome: 'refused' });
    await tryWebhook(admin, { webhookId });
    expect(await lastAudit(own.db)).toMatchObject({ action: 'webhook.try', outcome: 'done', subjectId: webhookId });
    // the trial that was planned for later is the one that is made now
    expect(await hall.outbox(own, 'webhook.try')).toHaveLength(1);
    await tryReceiver(hall.system(own.db), webhookId);
    await expect(tryWebhook(admin, { webhookId })).rejects.toMatchObject({
      code: 'invalidState',
      reason: 'exchange.errors.webhookRestsNot',
    });
  });

  test('changes its key: the new one signs at once, the former one too for a day', async ({ own }) => {
    const { db } = own;
    const { admin, elsewhere, webhookId, secret, ids } = await resting(own);
    await expect(rotateSecret(elsewhere, { webhookId })).rejects.toMatchObject({ code: 'notFound' });
    expect(await lastAudit(db)).toMatchObject({ action: 'webhook.rotateSecret', outcome: 'refused' });
    const { secret: another } = await rotateSecret(admin, { webhookId });
    expect(another).not.toBe(secret);
    expect(await lastAudit(db)).toMatchObject({
      action: 'webhook.rotateSecret',
      outcome: 'done',
      subjectId: webhookId,
    });
    expect(JSON.stringify(await db.select().from(auditEntries))).not.toContain(another);
    expect(JSON.stringify(await getWebhook(admin, { webhookId }))).not.toMatch(/mcwh_|[Ss]ecret/);
    await setWebhookState(admin, { webhookId, state: 'active' });
    await attemptDelivery(hall.system(db), ids[0]!);
    hall.pass(24 * 60 + 1);
    await attemptDelivery(hall.system(db), ids[1]!);
    const [first, second] = hall.got.map(({ headers, body }) => ({
      now: headers['mot-cua-signature'],
      former: headers['mot-cua-signature-former'],
      by: (key: string) => signatureOf(key, Number(headers['mot-cua-timestamp']), body),
    }));
    expect([first!.now, first!.former]).toEqual([first!.by(another), first!.by(secret)]);
    expect([second!.now, second!.former]).toEqual([second!.by(another), undefined]);
  });
});
