import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicantRequests, clockEvents, dossierPapers, slips } from '#db/schema/dossiers.ts';
import { notifications } from '#db/schema/notifications.ts';
import { readFile } from '#server/platform/index.ts';
import { saveRequestAnswer, sendRequestAnswer } from './commands/answer-request.ts';
import { assessDossier } from './commands/assess-dossier.ts';
import { decideSupplement } from './commands/decide-supplement.ts';
import { recordInspection } from './commands/inspect.ts';
import { addPaper, removePaper } from './commands/papers.ts';
import { refuseReceipt } from './commands/receive-dossier.ts';
import { reusePaper } from './commands/vault.ts';
import { canReadDossierFile } from './file-access.ts';
import { getMyDossier, getOpenRequest } from './queries/my-dossier.ts';
import { getOfficeDossier } from './queries/office-dossier.ts';
import { trackDossier } from './queries/track.ts';
import { myVault } from './queries/vault.ts';
import { getDossier, papersOf } from './records.ts';
import {
  audited,
  bringTo,
  checklist,
  completeDraft,
  copyDraft,
  inspectionChecklist,
  type Stage,
  standing,
  timeline,
  visit,
} from './testing/journey.ts';
import { samplePdf, samplePng } from './testing/sample-files.ts';
import { nobody, openWorld, type Who, type World } from './testing/world.ts';

let world: World;
let template: string;
beforeAll(async () => {
  world = await openWorld();
  template = await completeDraft(world);
});
afterAll(() => world.close());

const begin = new Date('2026-11-23T09:00:00+07:00');
const at = (text: string) => {
  world.clock.at = new Date(text);
};
const dossierAt = async (stage: Stage) => {
  world.clock.at = begin;
  return bringTo(world, stage, await copyDraft(world, template));
};
const clockOf = async (id: string) =>
  (await world.db.select().from(clockEvents).where(eq(clockEvents.dossierId, id)).orderBy(asc(clockEvents.id))).map(
    (event) => `${event.kind} ${event.reason}`,
  );
const told = async (who: Who, id: string) =>
  (
    await world.db
      .select()
      .from(notifications)
      .where(eq(notifications.userId, world.id(who)))
  )
    .filter((notice) => notice.href?.endsWith(id))
    .map((notice) => notice.kind);
const items = [
  { target: 'facility.name', kind: 'field' as const, note: 'Tên trùng với cơ sở khác.', legalGround: 'Luật Dược' },
  { target: 'lease', kind: 'paper' as const, note: 'Hợp đồng thiếu trang cuối.' },
];
const askForSupplement = async (
  id: string,
  asked: Parameters<typeof assessDossier>[1]['items'] = items,
  reason = '',
) => {
  await assessDossier(world.as('officer'), {
    dossierId: id,
    checklist,
    opinion: 'Cần bổ sung.',
    outcome: 'supplement',
    items: asked,
    reason,
  });
};
const lease = (id: string, text: string) => ({
  dossierId: id,
  paperKey: 'lease',
  fileName: 'hop-dong.pdf',
  bytes: samplePdf(text),
});

describe('refused at receipt', () => {
  test('ends in state 3 with slip 03 that gives the reason, and nothing can follow', async () => {
    const id = await dossierAt('paid');
    const refusal = { dossierId: id, reason: 'papers-missing' as const, explanation: 'Thiếu sơ đồ mặt bằng.' };
    await refuseReceipt(world.as('oneStop'), refusal);
    expect(await standing(world, id)).toEqual({ state: 3, waits: [] });
    await world.work();
    expect(await getDossier(world.db, id)).toMatchObject({ state: 3, closedAt: begin, dueAt: null });
    const [slip] = await world.db.select().from(slips).where(eq(slips.dossierId, id));
    expect(slip).toMatchObject({
      form: '03',
      content: { reason: 'papers-missing', explanation: 'Thiếu sơ đồ mặt bằng.' },
    });
    expect((await readFile(world.db, slip!.fileId!)).byteLength).toBeGreaterThan(1000);
    expect(await timeline(world, id)).toEqual([
      'filed',
      'paymentSettled',
      'refusedAtReceipt',
      'refundProposed',
      'slipIssued',
    ]);
    expect(await told('owner', id)).toContain('refused-at-receipt');
    expect((await audited(world, id)).at(-1)).toBe('dossier.refuseReceipt');
    expect(await clockOf(id)).toEqual([]);
    await expect(refuseReceipt(world.as('oneStop'), refusal)).rejects.toMatchObject({
      reason: 'dossiers.errors.movedOn',
    });
  });
});

describe('a supplement', () => {
  let id: string;
  const office = () => getOfficeDossier(world.as('officer'), { dossierId: id });

  test('names each item, stops the clock, and goes out as slip 02', async () => {
    id = await dossierAt('received');
    at('2026-11-30T09:00:00+07:00');
    await askForSupplement(id);
    expect(await standing(world, id)).toEqual({ state: 5, waits: [] });
    await world.work();
    expect(await standing(world, id)).toEqual({ state: 5, waits: ['answer-supplement'] });
    expect(await clockOf(id)).toEqual(['start received', 'stop supplement']);
    const [slip] = await world.db
      .select()
      .from(slips)
      .where(eq(slips.dossierId, id))
      .orderBy(asc(slips.form))
      .offset(1);
    expect(slip).toMatchObject({ form: '02', fileId: expect.any(String), requestId: expect.any(String) });
    expect(slip!.content.items).toMatchObject([
      { note: items[0]!.note, legalGround: 'Luật Dược' },
      { label: 'Hợp đồng thuê hoặc mượn địa điểm' },
    ]);
    const [stop] = await world.db.select().from(clockEvents).where(eq(clockEvents.slipId, slip!.id));
    expect(stop).toMatchObject({ kind: 'stop' });
    expect(await told('owner', id)).toContain('supplement-requested');
    expect((await getOpenRequest(world.as('owner'), { dossierId: id }))!.open).toMatchObject(items);
  });

  test('lets only what was asked be changed', async () => {
    const values = { 'facility.name': 'Nhà thuốc Minh Châu 2', 'facility.kind': 'drug-counter', 'premises.area': '99' };
    await saveRequestAnswer(world.as('owner'), { dossierId: id, values });
    const open = (await getOpenRequest(world.as('owner'), { dossierId: id }))!;
    expect(open.drafted).toEqual({ 'facility.name': 'Nhà thuốc Minh Châu 2' });
    expect(open.open.map((item) => item.target)).toEqual(['lease']);
    const other = { ...lease(id, 'other'), paperKey: 'application' };
    await expect(addPaper(world.as('owner'), other)).rejects.toMatchObject({
      reason: 'dossiers.errors.itemNotRequested',
    });
    const [kept] = (await myVault(world.as('owner'), {})).papers.filter((paper) => paper.kind === 'lease');
    await expect(
      reusePaper(world.as('owner'), { dossierId: id, paperKey: 'application', from: 'vault', sourceId: kept!.id }),
    ).rejects.toMatchObject({ reason: 'dossiers.errors.itemNotRequested' });
    await expect(addPaper(world.as('stranger'), lease(id, 'x'))).rejects.toMatchObject({ code: 'notFound' });
    const [filed] = (await papersOf(world.db, id)).filter((paper) => paper.paperKey === 'application');
    const removal = { dossierId: id, paperId: filed!.id };
    await expect(removePaper(world.as('owner'), removal)).rejects.toMatchObject({ code: 'notFound' });
    expect((await papersOf(world.db, id)).some((paper) => paper.id === filed!.id)).toBe(true);
  });

  test('is not sent before every item is answered, and says which are open', async () => {
    await expect(sendRequestAnswer(world.as('owner'), { dossierId: id })).rejects.toMatchObject({
      code: 'invalidInput',
      details: {
        fields: [
          {
            path: 'papers.lease',
            reason: 'dossiers.errors.paperOpen',
            values: { paperEn: expect.stringContaining('Lease') },
          },
        ],
      },
    });
    await saveRequestAnswer(world.as('owner'), { dossierId: id, values: { 'facility.name': '' } });
    const saved = await saveRequestAnswer(world.as('owner'), { dossierId: id, values: {}, mode: 'continue' });
    expect(saved.errors.map((error) => error.path)).toEqual(['papers.lease', 'facility.name']);
    await saveRequestAnswer(world.as('partner'), {
      dossierId: id,
      values: { 'facility.name': 'Nhà thuốc Minh Châu 2' },
    });
  });

  test('is nobody else’s to see before it is sent: neither answers nor papers', async () => {
    const added = await addPaper(world.as('owner'), lease(id, 'lease with its last page'));
    const view = await office();
    expect(view.answers).toMatchObject({ facility: { name: 'Nhà thuốc Minh Châu' } });
    expect(view.papers.find((paper) => paper.key === 'lease')!.files).toHaveLength(1);
    expect(JSON.stringify(view)).not.toContain('Minh Châu 2');
    expect(JSON.stringify(view)).not.toContain(added.fileId);
    expect(await canReadDossierFile(world.as('officer'), added.fileId)).toBe(false);
    expect(await canReadDossierFile(world.as('owner'), added.fileId)).toBe(true);
    expect(await canReadDossierFile(world.as('stranger'), added.fileId)).toBe(false);
  });

  test('sent twice at once is sent once; the clock goes on and officials see what changed', async () => {
    at('2026-12-07T09:00:00+07:00');
    const send = () => sendRequestAnswer(world.as('owner'), { dossierId: id });
    const tries = await Promise.allSettled([send(), send()]);
    expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find((each) => each.status === 'rejected')!.reason).toMatchObject({
      code: 'invalidState',
      reason: 'dossiers.errors.noOpenRequest',
    });
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['assess'] });
    expect(await clockOf(id)).toEqual(['start received', 'stop supplement', 'resume supplemented']);
    // five working days of the applicant's do not count: 22/12 becomes 29/12
    expect((await getDossier(world.db, id)).dueAt).toEqual(new Date('2026-12-29T09:00:00+07:00'));
    const view = await office();
    expect(view.title).toBe('Nhà thuốc Minh Châu 2');
    expect((await audited(world, id)).slice(-7)).toEqual([
      'dossier.assess',
      'dossier.saveRequestAnswer',
      'dossier.saveRequestAnswer',
      'dossier.saveRequestAnswer',
      'dossier.saveRequestAnswer',
      'dossier.addPaper',
      'dossier.sendRequestAnswer',
    ]);
    expect(view.requests).toMatchObject([{ kind: 'supplement', ordinal: 1, answeredAt: world.clock.at }]);
    expect(view.requests[0]!.changes).toMatchObject([{ path: 'facility.name' }]);
    expect(view.papers.find((paper) => paper.key === 'lease')!.files).toHaveLength(1);
    expect(view.replacedPapers).toMatchObject([{ paperKey: 'lease', replacedByRequestId: view.requests[0]!.id }]);
    expect(await world.db.select().from(dossierPapers).where(eq(dossierPapers.dossierId, id))).toHaveLength(8);
  });

  test('may be asked again once the leader has approved it; the second counts as the second', async () => {
    const grounded = { ...items[0]!, legalGround: 'Luật Dược' };
    await askForSupplement(id, [grounded], 'Tên mới vẫn trùng.');
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['approve-supplement'] });
    await decideSupplement(world.as('leader'), { dossierId: id, approve: true, reason: 'Đồng ý.' });
    await world.work();
    const requests = await world.db.select().from(applicantRequests).where(eq(applicantRequests.dossierId, id));
    expect(requests.map((request) => request.ordinal).sort()).toEqual([1, 2]);
    expect(await standing(world, id)).toEqual({ state: 5, waits: ['answer-supplement'] });
  });

  test('needs items, and items the form knows', async () => {
    const other = await dossierAt('received');
    await expect(askForSupplement(other, [])).rejects.toMatchObject({
      details: { fields: [{ path: 'items', reason: 'dossiers.errors.supplementWithoutItems' }] },
    });
    const unknown = [{ target: 'facility.nothing', kind: 'field' as const, note: 'x' }];
    await expect(askForSupplement(other, unknown)).rejects.toMatchObject({ reason: 'dossiers.errors.unknownItem' });
    expect(await standing(world, other)).toEqual({ state: 4, waits: ['assess'] });
    expect(await clockOf(other)).toEqual(['start received']);
  });

  test('nobody answers in sixty working days: the dossier stops, with a notice, and takes no answer any more', async () => {
    const late = await dossierAt('received');
    await askForSupplement(late);
    await world.work();
    const [request] = await world.db.select().from(applicantRequests).where(eq(applicantRequests.dossierId, late));
    const { instanceId } = await getDossier(world.db, late);
    await world.fireTimers(instanceId!, new Date(request!.answerDueAt.getTime() + 60_000));
    expect(await standing(world, late)).toEqual({ state: 8, waits: [] });
    expect(await clockOf(late)).toEqual(['start received', 'stop supplement', 'finish lapsed']);
    expect(await timeline(world, late)).toContain('supplementLapsed');
    expect(await told('owner', late)).toContain('supplement-lapsed');
    expect((await getDossier(world.db, late)).closedAt).toEqual(world.clock.at);
    expect(await getOpenRequest(world.as('owner'), { dossierId: late })).toBeNull();
    await expect(addPaper(world.as('owner'), lease(late, 'late'))).rejects.toMatchObject({
      reason: 'dossiers.errors.alreadyFiled',
    });
    await expect(sendRequestAnswer(world.as('owner'), { dossierId: late })).rejects.toMatchObject({
      reason: 'dossiers.errors.answerTooLate',
    });
    // why it ended is said to the applicant, and to whoever has code and secret; nothing is due any more
    const { answerDueAt } = request!;
    const { lapsed, code, trackingSecret } = await getMyDossier(world.as('owner'), { dossierId: late });
    expect(lapsed).toEqual({ kind: 'supplement', answerDueAt });
    const seen = await trackDossier(nobody(world), { code: code!, secret: trackingSecret! }, 'address');
    expect(seen).toMatchObject({ lapsed: true, answerDueAt, dueAt: null });
    expect((await getOfficeDossier(world.as('officer'), { dossierId: late })).requests).toMatchObject([
      { answerDueAt, answeredAt: null, lapsedAt: world.clock.at },
    ]);
  });
});

describe('an answer at the last moment', () => {
  test('and the end of the time for it: one of the two happens, and wholly', async () => {
    for (let round = 0; round < 3; round++) {
      const id = await dossierAt('received');
      await askForSupplement(id, [items[1]!]);
      await world.work();
      await addPaper(world.as('owner'), lease(id, `last moment ${round}`));
      const [request] = await world.db.select().from(applicantRequests).where(eq(applicantRequests.dossierId, id));
      const { instanceId } = await getDossier(world.db, id);
      world.clock.at = new Date(request!.answerDueAt.getTime() + 1000);
      const [sent] = await Promise.allSettled([
        sendRequestAnswer(world.as('owner'), { dossierId: id }),
        world.fireTimers(instanceId!, world.clock.at),
      ]);
      await world.work();
      const answered = sent.status === 'fulfilled';
      expect(await standing(world, id)).toEqual(answered ? { state: 4, waits: ['assess'] } : { state: 8, waits: [] });
      expect((await clockOf(id)).at(-1)).toBe(answered ? 'resume supplemented' : 'finish lapsed');
      const [row] = await world.db.select().from(applicantRequests).where(eq(applicantRequests.dossierId, id));
      expect([row!.answeredAt === null, row!.lapsedAt === null]).toEqual([!answered, answered]);
    }
  });
});

describe('the correction of findings', () => {
  test('stops the clock until the applicant says what was done; the re-check is a round of its own', async () => {
    const id = await dossierAt('planned');
    at('2026-12-01T15:00:00+07:00');
    await visit(world, id, 'correct');
    expect(await standing(world, id)).toEqual({ state: 5, waits: ['correct-findings'] });
    expect(await clockOf(id)).toEqual(['start received', 'stop correction']);
    expect(await told('owner', id)).toContain('correction-requested');
    await expect(sendRequestAnswer(world.as('owner'), { dossierId: id })).rejects.toMatchObject({
      details: { fields: [{ path: 'finding-1', reason: 'dossiers.errors.itemOpen' }] },
    });
    const replies = { 'finding-1': '  Đã lắp nhiệt ẩm kế tự ghi.  ', 'finding-2': 'không ai hỏi' };
    await saveRequestAnswer(world.as('owner'), { dossierId: id, values: {}, replies });
    const photo = { dossierId: id, paperKey: 'site-plan', fileName: 'nhiet-am-ke.png', bytes: samplePng(120) };
    await addPaper(world.as('owner'), photo);
    expect((await getOfficeDossier(world.as('inspector'), { dossierId: id })).requests[0]!.replies).toEqual({});
    at('2026-12-08T15:00:00+07:00');
    await sendRequestAnswer(world.as('owner'), { dossierId: id });
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['recheck'] });
    const view = await getOfficeDossier(world.as('inspector'), { dossierId: id });
    expect(view.requests[0]!.replies).toEqual({ 'finding-1': 'Đã lắp nhiệt ẩm kế tự ghi.' });
    expect(view.papers.find((paper) => paper.key === 'site-plan')!.files).toHaveLength(1);
    await visit(world, id, 'pass');
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['draft-result'] });
    const { inspections } = await getOfficeDossier(world.as('inspector'), { dossierId: id });
    expect(inspections.map(({ round, outcome }) => [round, outcome])).toEqual([
      [1, 'correct'],
      [2, 'pass'],
    ]);
    expect(await clockOf(id)).toEqual(['start received', 'stop correction', 'resume corrected']);
  });

  test('may be asked for again at the re-check, and lapses like a supplement', async () => {
    const id = await dossierAt('planned');
    await visit(world, id, 'correct');
    const replies = { 'finding-1': 'Đã khắc phục.' };
    await saveRequestAnswer(world.as('owner'), { dossierId: id, values: {}, replies });
    await sendRequestAnswer(world.as('owner'), { dossierId: id });
    await visit(world, id, 'correct');
    expect(await standing(world, id)).toEqual({ state: 5, waits: ['correct-findings'] });
    const requests = await world.db.select().from(applicantRequests).where(eq(applicantRequests.dossierId, id));
    const open = requests.find((request) => request.answeredAt === null)!;
    expect(open).toMatchObject({ kind: 'correction', ordinal: 2 });
    const { instanceId } = await getDossier(world.db, id);
    await world.fireTimers(instanceId!, new Date(open.answerDueAt.getTime() + 1000));
    expect(await standing(world, id)).toEqual({ state: 8, waits: [] });
    expect((await clockOf(id)).at(-1)).toBe('finish lapsed');
  });

  test('is not concluded as passed while something is unmet, nor asked for without findings', async () => {
    const id = await dossierAt('planned');
    const unmet = inspectionChecklist.map((entry) => ({ ...entry, outcome: 'unmet' as const }));
    const minutes = { dossierId: id, presentParty: 'A', checklist: unmet, findings: [], conclusion: 'B' };
    await expect(recordInspection(world.as('inspector'), { ...minutes, outcome: 'pass' })).rejects.toMatchObject({
      details: { fields: [{ reason: 'dossiers.errors.passWithUnmet' }] },
    });
    await expect(recordInspection(world.as('inspector'), { ...minutes, outcome: 'correct' })).rejects.toMatchObject({
      details: { fields: [{ reason: 'dossiers.errors.correctionWithoutFindings' }] },
    });
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['inspect'] });
  });
});
