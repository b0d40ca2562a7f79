import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEntries } from '#db/schema/platform.ts';
import { webhooks } from '#db/schema/webhooks.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { revokeLicence } from '#server/facilities/index.ts';
import { insertFacility } from '#server/facilities/testing.ts';
import { anonymousContext } from '#server/identity/testing.ts';
import { enqueue, newId, transaction } from '#server/platform/index.ts';
import { decideChange, entryAsOf, proposeChange } from '#server/registers/index.ts';
import { addWebhook, pingWebhook, replayDelivery, setWebhookState } from './commands.ts';
import { attemptDelivery } from './deliver.ts';
import { getWebhook, listWebhooks } from './queries.ts';
import { rulesFor } from './receiver.ts';
import { mostAttempts, signatureOf } from './rules.ts';
import { lastAudit, openReceiver, stateOf } from './testing/receiver.ts';

const hall = openReceiver();

describe('a change of a register', () => {
  test('reaches who asked for it, signed, in order, with what is public and nothing else', async ({ own }) => {
    const { db } = own;
    const { authority, admin, asked } = await hall.desk(db);
    const { secret } = await addWebhook(admin, asked);
    const { facilityId, licenceId } = await insertFacility(db, authority.id, {
      email: 'kin@example.vn',
      phone: '1900',
    });
    const registrar = await hall.appoint(db, 'registrar', authority.id);
    await revokeLicence(registrar, { licenceId, decisionNumber: '12/QĐ-SYT', reason: 'Vi phạm nặng', confirmed: true });
    const deliveries = await hall.carryOut(own);
    expect(await hall.carryOut(own)).toHaveLength(deliveries.length);
    for (const { id } of deliveries) await attemptDelivery(hall.system(db), id);
    expect(hall.got).toHaveLength(2);
    const bodies = hall.got.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(bodies.map(({ kind, action }) => [kind, action])).toEqual([
      ['added', 'registered'],
      ['licence', 'licenceRevoked'],
    ]);
    expect(bodies[0]).toMatchObject({ register: 'facilities', entry: { id: facilityId, fields: { phone: '1900' } } });
    expect(bodies[1]!.sequence).toBeGreaterThan(bodies[0]!.sequence as number);
    for (const { headers, body } of hall.got) {
      const seconds = Number(headers['mot-cua-timestamp']);
      expect(headers['mot-cua-signature']).toBe(signatureOf(secret, seconds, body));
      expect(headers['mot-cua-id']).toBe((JSON.parse(body) as { id: string }).id);
      expect(body).not.toMatch(/kin@example|Vi phạm nặng|recordedBy/);
    }
    for (const { id } of deliveries) expect(await stateOf(db, id)).toMatchObject({ state: 'delivered', attempts: 1 });
    for (const { id } of deliveries) await attemptDelivery(hall.system(db), id);
    expect(hall.got).toHaveLength(2);
  });

  test('that is only proposed, of another register or kind, tells nobody; an approved one does', async ({ own }) => {
    const { db } = own;
    const { authority, admin, asked } = await hall.desk(db);
    await addWebhook(admin, { ...asked, registers: ['drugs'] });
    await addWebhook(admin, { ...asked, kinds: ['changed'] });
    const { facilityId } = await insertFacility(db, authority.id);
    expect(await hall.carryOut(own)).toEqual([]);
    const officer = await hall.appoint(db, 'officer', authority.id);
    const entry = await entryAsOf(officer, { register: 'facilities', id: facilityId });
    const { requestId } = await proposeChange(officer, {
      register: 'facilities',
      kind: 'change',
      entryId: facilityId,
      version: entry.version,
      texts: { phone: '1900 1234' },
      validFrom: '2026-11-23',
      reason: 'Đổi số',
    });
    expect(await hall.carryOut(own)).toEqual([]);
    await decideChange(await hall.appoint(db, 'head', authority.id), { requestId, approve: true });
    expect(await hall.carryOut(own)).toHaveLength(1);
  });
});

describe('a delivery', () => {
  test('stands behind whatever people wait for, however much there is to tell', async ({ own }) => {
    const { db, ownerDb } = own;
    const { authority, admin, asked } = await hall.desk(db);
    await addWebhook(admin, asked);
    await insertFacility(db, authority.id);
    await hall.carryOut(own);
    await transaction(hall.system(db), (tx) => enqueue(tx, 'mail.deliver', { mailId: newId() }));
    const next = await ownerDb.execute<{ name: string }>(sql`
      select t.identifier as name from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier in ('mail.deliver', 'webhook.announce', 'webhook.deliver') order by j.priority, j.run_at, j.id`);
    expect(next[0]).toEqual({ name: 'mail.deliver' });
    expect(new Set(next.map(({ name }) => name)).size).toBe(3);
  });

  test('keeps one worker busy for each receiver, however long that takes to answer', async ({ own }) => {
    const { db, ownerDb } = own;
    const { authority, admin, asked } = await hall.desk(db);
    const receivers = [await addWebhook(admin, asked), await addWebhook(admin, asked)];
    await insertFacility(db, authority.id);
    await hall.carryOut(own);
    const queues = await ownerDb.execute<{ queue: string }>(sql`
      select distinct queue_name as queue from graphile_worker.jobs where task_identifier = 'webhook.deliver' order by 1`);
    expect(queues.map(({ queue }) => queue)).toEqual(receivers.map(({ webhookId }) => `webhook:${webhookId}`).sort());
  });

  test('is tried again under the same id after a fault, and is done with the first receipt', async ({ own }) => {
    const { db } = own;
    const { id } = await hall.waiting(own);
    hall.answers = [500, 200];
    await attemptDelivery(hall.system(db), id);
    const first = await stateOf(db, id);
    expect(first).toMatchObject({ state: 'waiting', attempts: 1, lastStatus: 500, lastFault: 'refused' });
    expect(first.nextAt).toEqual(new Date(hall.clock.getTime() + 60_000));
    expect(await hall.outbox(own, 'webhook.deliver')).toHaveLength(1);
    hall.clock = first.nextAt!;
    await attemptDelivery(hall.system(db), id);
    expect(await stateOf(db, id)).toMatchObject({ state: 'delivered', attempts: 2, lastStatus: 200, lastFault: null });
    expect(new Set(hall.got.map(({ headers }) => headers['mot-cua-id'])).size).toBe(1);
    expect(new Set(hall.got.map(({ headers }) => headers['mot-cua-signature'])).size).toBe(2);
  });

  test('follows no redirect and does not wait for ever', async ({ own }) => {
    const { db } = own;
    const { id } = await hall.waiting(own);
    hall.answers = [302, 'silent'];
    await attemptDelivery(hall.system(db), id);
    expect(await stateOf(db, id)).toMatchObject({ lastStatus: 302, lastFault: 'redirect', attempts: 1 });
    expect(hall.got.map(({ path }) => path)).toEqual(['/hook']);
    await attemptDelivery(hall.system(db), id, { patience: 200 });
    expect(await stateOf(db, id)).toMatchObject({ lastStatus: null, lastFault: 'unanswered', attempts: 2 });
  });

  test('goes to no private address, whatever its name resolves to when it is sent', async ({ own }) => {
    const { db } = own;
    const { id, webhookId } = await hall.waiting(own);
    await db.update(webhooks).set({ url: 'https://10.0.0.8/hook' }).where(eq(webhooks.id, webhookId));
    await attemptDelivery(hall.system(db), id);
    expect(await stateOf(db, id)).toMatchObject({ lastFault: 'address', state: 'waiting' });
    // a name that was public when it was entered and leads into the house now
    const url = 'https://localhost/hook';
    await db.update(webhooks).set({ url }).where(eq(webhooks.id, webhookId));
    await attemptDelivery(hall.system(db), id, { rules: { ...rulesFor(url), privateRanges: [] } });
    expect(await stateOf(db, id)).toMatchObject({ lastFault: 'address', attempts: 2 });
    expect(hall.got).toEqual([]);
  });

  test('is parked after the last attempt, shown, and may be sent once more', async ({ own }) => {
    const { db } = own;
    const { admin, webhookId, id } = await hall.waiting(own);
    // the receiver takes everything else in between: it is this one that it does not want
    for (let n = 0; n < mostAttempts; n += 1) {
      hall.answers = [503, 200];
      await attemptDelivery(hall.system(db), id);
      await pingWebhook(admin, { webhookId });
      const other = (await hall.carryOut(own)).find(({ id: one, state }) => one !== id && state === 'waiting');
      await attemptDelivery(hall.system(db), other!.id);
    }
    expect(await stateOf(db, id)).toMatchObject({ state: 'parked', attempts: mostAttempts, nextAt: null });
    await attemptDelivery(hall.system(db), id);
    expect(hall.got).toHaveLength(2 * mostAttempts);
    expect((await listWebhooks(admin, {})).items).toMatchObject([
      { id: webhookId, parked: 1, waiting: 0, state: 'active', failing: null },
    ]);
    expect((await getWebhook(admin, { webhookId })).items.find((line) => line.id === id)).toMatchObject({
      state: 'parked',
      lastStatus: 503,
    });
    await replayDelivery(admin, { deliveryId: id });
    expect(await lastAudit(db)).toMatchObject({ action: 'webhook.replay', outcome: 'done', subjectId: webhookId });
    await attemptDelivery(hall.system(db), id);
    expect(await stateOf(db, id)).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  test('waits while its webhook is paused, and goes to none that was removed', async ({ own }) => {
    const { db } = own;
    const { admin, webhookId, id } = await hall.waiting(own);
    await setWebhookState(admin, { webhookId, state: 'paused' });
    expect(await lastAudit(db)).toMatchObject({ action: 'webhook.setState', outcome: 'done' });
    await attemptDelivery(hall.system(db), id);
    expect(hall.got).toEqual([]);
    await expect(pingWebhook(admin, { webhookId })).rejects.toMatchObject({ code: 'invalidState' });
    await expect(replayDelivery(admin, { deliveryId: id })).rejects.toMatchObject({ code: 'invalidState' });
    await setWebhookState(admin, { webhookId, state: 'active' });
    await attemptDelivery(hall.system(db), id);
    expect(hall.got).toHaveLength(1);
    await setWebhookState(admin, { webhookId, state: 'removed' });
    expect((await listWebhooks(admin, {})).items).toEqual([]);
    await expect(getWebhook(admin, { webhookId })).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('a webhook', () => {
  test('is set up by who administers the authority; its key is told once and stands nowhere in clear', async ({
    db,
  }) => {
    const { admin, asked } = await hall.desk(db);
    const { webhookId, secret } = await addWebhook(admin, asked);
    expect(await lastAudit(db)).toMatchObject({ action: 'webhook.add', outcome: 'done', subjectId: webhookId });
    const [row] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId));
    expect(row!.secret).not.toContain(secret);
    expect(JSON.stringify(await listWebhooks(admin, {}))).not.toContain(row!.secret);
    expect(JSON.stringify(await db.select().from(auditEntries))).not.toContain(secret);
  });

  test('is not set up, seen or changed by anybody else', async ({ own }) => {
    const { db } = own;
    const { authority, admin, elsewhere, asked } = await hall.desk(db);
    const officer = await hall.appoint(db, 'officer', authority.id);
    for (const stranger of [elsewhere, officer])
      await expect(addWebhook(stranger, asked)).rejects.toMatchObject({ code: 'notFound' });
    expect(await lastAudit(db)).toMatchObject({ action: 'webhook.add', outcome: 'refused' });
    await expect(addWebhook(anonymousContext(db, hall.at), asked)).rejects.toMatchObject({ code: 'unauthenticated' });
    const { webhookId } = await addWebhook(admin, asked);
    await pingWebhook(admin, { webhookId });
    expect(await lastAudit(db)).toMatchObject({ action: 'webhook.ping', outcome: 'done' });
    const [delivery] = await hall.carryOut(own);
    for (const refused of [
      () => pingWebhook(elsewhere, { webhookId }),
      () => setWebhookState(elsewhere, { webhookId, state: 'removed' }),
      () => replayDelivery(elsewhere, { deliveryId: delivery!.id }),
      () => getWebhook(elsewhere, { webhookId }),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'notFound' });
    expect((await listWebhooks(elsewhere, {})).items).toEqual([]);
    await expect(listWebhooks(officer, {})).rejects.toMatchObject({ code: 'notFound' });
  });

  test.for([
    ['http://receiver.example.vn/hook', 'exchange.errors.webhookHttps'],
    ['ftp://receiver.example.vn/', 'exchange.errors.webhookHttps'],
    ['https://user:pass@receiver.example.vn/', 'exchange.errors.webhookUrl'],
    ['receiver', 'exchange.errors.webhookUrl'],
    ['https://10.0.0.8/hook', 'exchange.errors.webhookPrivate'],
    ['https://localhost/hook', 'exchange.errors.webhookPrivate'],
    ['https://noi-bo/hook', 'exchange.errors.webhookPrivate'],
    ['https://may.soyte.local./hook', 'exchange.errors.webhookPrivate'],
    ['https://[::1]/hook', 'exchange.errors.webhookPrivate'],
    ['https://169.254.169.254/latest/meta-data', 'exchange.errors.webhookPrivate'],
  ])('is refused for %s', async ([url, reason], { own }) => {
    const { db } = own;
    const { admin, asked } = await hall.desk(db);
    await expect(addWebhook(admin, { ...asked, url: url! })).rejects.toMatchObject({
      details: { fields: [{ path: 'url', reason }] },
    });
  });
});
