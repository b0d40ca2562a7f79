import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { batchReports } from '#db/schema/drug-supply.ts';
import { notifications } from '#db/schema/notifications.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext, systemContext } from '#server/identity/testing.ts';
import { type Context, transaction } from '#server/platform/index.ts';
import { decideChange, entryAsOf, proposeChange } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';
import {
  answerRecall,
  getDrug,
  getRecall,
  listRecalls,
  ownBatches,
  ownRecall,
  ownReport,
  recallHolders,
  reportBatch,
  searchDrugs,
  tellHolders,
} from '../index.ts';
import { clockFrom, enterDrug, openSupply } from '../testing/supply.ts';

beforeAll(wire);

const texts = (over: Record<string, string> = {}) => ({
  number: '1234/QLD-CL',
  drug: 'vd 4878 14',
  level: '2',
  kind: 'mandatory',
  reason: 'Mẫu thuốc không đạt độ hoà tan',
  batches: 'LOT 0123-A',
  issuedOn: '30/11/2026',
  deadline: '10/12/2026',
  sourceDecision: 'PKN 55/VKN',
  ...over,
});

const propose = (ctx: Context, over: Record<string, string> = {}) =>
  proposeChange(ctx, {
    register: 'recalls',
    kind: 'add',
    texts: texts(over),
    validFrom: '2026-11-30',
    reason: 'Theo phiếu kiểm nghiệm',
  });

async function issue(desk: { registrar: Context; leader: Context }, over: Record<string, string> = {}) {
  const { requestId } = await propose(desk.registrar, over);
  return (await decideChange(desk.leader, { requestId, approve: true })).entryId!;
}

const batch = (over: object = {}) => ({
  drug: '893110123424',
  batch: 'lot0123a',
  quantity: 100,
  unit: 'hộp',
  receivedOn: '2026-11-01',
  ...over,
});
const told = (db: Database, userId: string) => db.select().from(notifications).where(eq(notifications.userId, userId));
const lastAudit = async (db: Database) =>
  (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0]!;

describe('a recall', () => {
  test('is proposed by one and approved by another, and shows at once wherever the drug does', async ({ db }) => {
    const { now } = clockFrom('2026-11-30');
    const desk = await openSupply(db, now);
    const { requestId } = await propose(desk.registrar);
    const stranger = anonymousContext(db, now);
    expect((await listRecalls(stranger, {})).total).toBe(0);
    await expect(decideChange(desk.registrar, { requestId, approve: true })).rejects.toMatchObject({
      reason: 'registers.errors.ownProposal',
    });
    const { entryId } = await decideChange(desk.leader, { requestId, approve: true });
    const shown = {
      number: '1234/QLD-CL',
      level: 2,
      state: 'running',
      batches: ['LOT 0123-A'],
      deadline: '2026-12-10',
      sourceDecision: 'PKN 55/VKN',
    };
    expect((await getDrug(stranger, { id: desk.drugId })).recalls).toMatchObject([shown]);
    expect((await searchDrugs(stranger, { q: 'paracetamol' })).items[0]?.recalls).toMatchObject([shown]);
    for (const q of ['lot0123a', 'LOT-0123 A', '1234/qld', 'VD-4878-14', 'paracetamol', undefined])
      expect((await listRecalls(stranger, q ? { q } : {})).items, q).toMatchObject([{ id: entryId, ...shown }]);
    expect((await listRecalls(stranger, { q: 'lot9' })).total).toBe(0);
    expect(await getRecall(stranger, { id: entryId! })).toMatchObject({ drug: { id: desk.drugId } });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerChange.decide', outcome: 'done', subjectId: entryId });
  });

  test('is refused with the field named: unknown drug, a batch or all, a deadline beyond its level', async ({ db }) => {
    const { now } = clockFrom('2026-11-30');
    const desk = await openSupply(db, now);
    for (const [over, path, reason] of [
      [{ drug: 'VD-1-10' }, 'texts.drug', 'recalls.errors.noSuchDrug'],
      [{ batches: '' }, 'texts.batches', 'recalls.errors.batchesMissing'],
      [{ allBatches: 'x' }, 'texts.batches', 'recalls.errors.batchesOrAll'],
      [{ deadline: '16/12/2026' }, 'texts.deadline', 'recalls.errors.deadlineLate.2'],
    ] as const)
      await expect(propose(desk.registrar, over)).rejects.toMatchObject({ details: { fields: [{ path, reason }] } });
    await expect(propose(desk.ofProvince)).rejects.toMatchObject({ reason: 'registers.errors.keeperOnly' });
  });

  test('ends by another decision and stays to be found; what it said before can be asked for', async ({ db }) => {
    const clock = clockFrom('2026-11-30');
    const desk = await openSupply(db, clock.now);
    const id = await issue(desk);
    clock.to('2026-12-05');
    const { version } = await entryAsOf(desk.registrar, { register: 'recalls', id });
    const end = { register: 'recalls', kind: 'close', entryId: id, version, validFrom: '2026-12-05' } as const;
    const { requestId } = await proposeChange(desk.registrar, { ...end, reason: 'Đã thu hồi xong' });
    await decideChange(desk.leader, { requestId, approve: true });
    const stranger = anonymousContext(db, clock.now);
    expect(await getRecall(stranger, { id })).toMatchObject({ state: 'ended', endedOn: '2026-12-05' });
    expect((await listRecalls(stranger, { q: 'LOT0123A' })).total).toBe(1);
    const then = await entryAsOf(stranger, { register: 'recalls', id, on: '2026-12-04' });
    expect(then).toMatchObject({ closed: false, title: '1234/QLD-CL' });
  });

  test('follows its drug when that is merged into another', async ({ db }) => {
    const { now } = clockFrom('2026-11-30');
    const desk = await openSupply(db, now);
    await issue(desk);
    const twin = await enterDrug(db, now, { registrationNumber: 'VD-1-20', formerNumbers: [], gtins: [] });
    const { version } = await entryAsOf(desk.registrar, { register: 'drugs', id: desk.drugId });
    const merge = { register: 'drugs', kind: 'merge', entryId: desk.drugId, mergeInto: twin, version } as const;
    const { requestId } = await proposeChange(desk.registrar, { ...merge, validFrom: '2026-11-30', reason: 'Trùng' });
    await decideChange(desk.leader, { requestId, approve: true });
    expect((await getDrug(anonymousContext(db, now), { id: twin })).recalls).toMatchObject([{ level: 2 }]);
  });
});

describe('what facilities hold', () => {
  test('a recall lists every facility that reported the batch, tells its people once, and hears their answer', async ({
    db,
  }) => {
    const clock = clockFrom('2026-11-30');
    const desk = await openSupply(db, clock.now);
    const { first, second } = desk;
    await reportBatch(first.person, { facilityId: first.facilityId, ...batch() });
    await reportBatch(second.person, { facilityId: second.facilityId, ...batch({ batch: 'LOT-9' }) });
    const recallId = await issue(desk);
    const system = systemContext(db, clock.now);
    expect(await tellHolders(system, recallId)).toBe(1);
    await tellHolders(system, recallId);
    expect(await told(db, first.userId)).toMatchObject([
      { kind: 'drug-recall', href: `/my/batches/recalls/${recallId}`, data: { number: '1234/QLD-CL' } },
    ]);
    expect(await told(db, second.userId)).toEqual([]);
    // who reports it afterwards is told as well
    const late = await reportBatch(second.person, { facilityId: second.facilityId, ...batch({ quantity: 7 }) });
    expect(late.recalls).toBe(1);
    await tellHolders(system, recallId);
    expect(await told(db, second.userId)).toHaveLength(1);
    expect((await ownBatches(first.person, {})).recalls).toMatchObject([{ recall: { id: recallId } }]);

    const answer = { recallId, facilityId: first.facilityId, quarantined: 60, returned: 30, note: 'Đã bán 10' };
    await answerRecall(first.person, answer);
    expect(await lastAudit(db)).toMatchObject({
      action: 'recall.answer',
      outcome: 'done',
      subjectId: first.facilityId,
    });
    await answerRecall(first.person, { ...answer, returned: 40 });
    clock.to('2026-12-11');
    const seen = await recallHolders(desk.registrar, { id: recallId });
    expect(seen).toMatchObject([
      { facility: { id: second.facilityId }, answer: null, late: true, batches: [{ quantity: 7 }] },
      { facility: { id: first.facilityId }, answer: { quarantined: 60, returned: 40 }, late: false },
    ]);
  });

  test('is seen by the ministry and the health department of the province, and by no other business', async ({
    db,
  }) => {
    const { now } = clockFrom('2026-11-30');
    const desk = await openSupply(db, now);
    const { first, second } = desk;
    const { reportId } = await reportBatch(first.person, { facilityId: first.facilityId, ...batch() });
    const recallId = await issue(desk);
    expect(await recallHolders(desk.ofProvince, { id: recallId })).toHaveLength(1);
    expect(await recallHolders(desk.ofElsewhere, { id: recallId })).toEqual([]);
    await expect(recallHolders(first.person, { id: recallId })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(recallHolders(anonymousContext(db, now), { id: recallId })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(ownReport(second.person, { reportId })).rejects.toMatchObject({ code: 'notFound' });
    expect((await ownRecall(second.person, { id: recallId })).holders).toEqual([]);
    expect((await ownBatches(second.person, {})).reports).toEqual([]);
    // the database alone keeps it too
    const rows = await transaction(second.person, ({ tx }) => tx.select().from(batchReports));
    expect(rows).toEqual([]);
  });

  test('is corrected by another row: the earlier one stays and no longer counts', async ({ db }) => {
    const { now } = clockFrom('2026-11-30');
    const desk = await openSupply(db, now);
    const { first } = desk;
    const { reportId } = await reportBatch(first.person, { facilityId: first.facilityId, ...batch() });
    const recallId = await issue(desk);
    await reportBatch(first.person, {
      facilityId: first.facilityId,
      ...batch({ batch: 'LOT 0124', corrects: reportId }),
    });
    expect(await recallHolders(desk.registrar, { id: recallId })).toEqual([]);
    expect((await ownBatches(first.person, {})).reports).toMatchObject([{ batch: 'LOT 0124' }]);
    expect(await db.select().from(batchReports)).toHaveLength(2);
    expect(await ownReport(first.person, { reportId })).toMatchObject({ batch: 'LOT 0124' });
    await expect(db.delete(batchReports)).rejects.toThrow();
  });

  test('is refused to others and leaves a row of the refusal; wrong fields are named', async ({ db }) => {
    const { now } = clockFrom('2026-11-30');
    const desk = await openSupply(db, now);
    const { first, second } = desk;
    const own = { facilityId: first.facilityId, ...batch() };
    await expect(reportBatch(second.person, own)).rejects.toMatchObject({ code: 'notFound' });
    expect(await lastAudit(db)).toMatchObject({ action: 'batch.report', outcome: 'refused' });
    await expect(reportBatch(desk.registrar, own)).rejects.toMatchObject({ code: 'notFound' });
    await expect(reportBatch(anonymousContext(db, now), own)).rejects.toMatchObject({ code: 'unauthenticated' });
    for (const [over, path, reason] of [
      [{ drug: 'VD-1-10' }, 'drug', 'recalls.errors.noSuchDrug'],
      [{ receivedOn: '2026-12-01' }, 'receivedOn', 'recalls.errors.future'],
      [{ quantity: 1.5 }, 'quantity', 'recalls.errors.quantity'],
      [{ batch: '--' }, 'batch', 'recalls.errors.batch'],
    ] as const)
      await expect(reportBatch(first.person, { ...own, ...over })).rejects.toMatchObject({
        details: { fields: [{ path, reason }] },
      });
    const { reportId } = await reportBatch(first.person, { ...own, drug: '04006381333931' });
    expect(await lastAudit(db)).toMatchObject({ action: 'batch.report', outcome: 'done' });
    await expect(
      reportBatch(second.person, { ...own, facilityId: second.facilityId, corrects: reportId }),
    ).rejects.toMatchObject({ code: 'notFound' });
  });

  test('an answer is refused to others, where nothing was reported, above what was reported, and when it is over', async ({
    db,
  }) => {
    const clock = clockFrom('2026-11-30');
    const desk = await openSupply(db, clock.now);
    const { first, second } = desk;
    await reportBatch(first.person, { facilityId: first.facilityId, ...batch({ quantity: 10 }) });
    const recallId = await issue(desk, { batches: '', allBatches: 'x' });
    const answer = { recallId, facilityId: first.facilityId, quarantined: 6, returned: 4 };
    await expect(answerRecall(second.person, answer)).rejects.toMatchObject({ code: 'notFound' });
    expect(await lastAudit(db)).toMatchObject({ action: 'recall.answer', outcome: 'refused' });
    await expect(answerRecall(second.person, { ...answer, facilityId: second.facilityId })).rejects.toMatchObject({
      reason: 'recalls.errors.notReported',
    });
    await expect(answerRecall(first.person, { ...answer, returned: 5 })).rejects.toMatchObject({
      details: { fields: [{ path: 'quarantined', reason: 'recalls.errors.moreThanReported' }] },
    });
    await answerRecall(first.person, answer);
    const { version } = await entryAsOf(desk.registrar, { register: 'recalls', id: recallId });
    const end = { register: 'recalls', kind: 'close', entryId: recallId, version, validFrom: '2026-11-30' } as const;
    const { requestId } = await proposeChange(desk.registrar, { ...end, reason: 'Xong' });
    await decideChange(desk.leader, { requestId, approve: true });
    await expect(answerRecall(first.person, answer)).rejects.toMatchObject({ reason: 'recalls.errors.ended' });
  });
});
