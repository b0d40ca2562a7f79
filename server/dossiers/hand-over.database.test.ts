import { and, asc, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessments, dossierEvents, inspections, slips, trackingLogs } from '#db/schema/dossiers.ts';
import { notifications } from '#db/schema/notifications.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { readFile } from '#server/platform/index.ts';
import { assessDossier } from './commands/assess-dossier.ts';
import { issueControlSlip } from './commands/control-slip.ts';
import { delegate, endDelegation } from './commands/delegate.ts';
import { reassignStep } from './commands/hand-over.ts';
import { addInspectionPhoto, planInspection, recordInspection } from './commands/inspect.ts';
import { recallMove } from './commands/recall-move.ts';
import { releaseStep } from './commands/release-step.ts';
import { draftResult, initialResult, proposeResult } from './commands/results.ts';
import { claimStep, withdrawDossier } from './commands/small-acts.ts';
import { issueTrackingLog } from './commands/tracking-log.ts';
import { canReadDossierFile } from './file-access.ts';
import { myDelegations } from './queries/delegations.ts';
import { inbox } from './queries/inbox.ts';
import { getOfficeDossier } from './queries/office-dossier.ts';
import { logAuthorities, trackingLog } from './queries/tracking-log.ts';
import { getDossier } from './records.ts';
import { renderSlip } from './slip-layouts.ts';
import {
  assess,
  bringTo,
  checklist,
  completeDraft,
  copyDraft,
  draft,
  inspectionChecklist,
  plan,
  type Stage,
  standing,
  timeline,
  toSign,
} from './testing/journey.ts';
import { samplePng } from './testing/sample-files.ts';
import { openWorld, type Who, type World } from './testing/world.ts';
import { type LogContent, renderLog } from './tracking-log.ts';

let world: World;
let template: string;
beforeAll(async () => {
  world = await openWorld({ keys: true });
  template = await completeDraft(world);
});
afterAll(() => world.close());

const begin = new Date('2026-11-23T09:00:00+07:00');
const later = (minutes: number) => {
  world.clock.at = new Date(world.clock.at.getTime() + minutes * 60_000);
};
const dossierAt = async (stage: Stage) => {
  world.clock.at = begin;
  return bringTo(world, stage, await copyDraft(world, template));
};
const refusal = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: { code: string; reason: string }) => `${error.code} ${error.reason}`,
  );
const claim = (id: string, who: Who) => claimStep(world.as(who), { dossierId: id });
const holder = async (id: string) =>
  (await getOfficeDossier(world.as('allRounder'), { dossierId: id })).waiting[0]?.assigneeName ?? null;
const lastAudit = async (id: string) => {
  const rows = await world.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, id))
    .orderBy(asc(auditEntries.id));
  const { action, outcome, details } = rows.at(-1)!;
  return { action, outcome, details };
};

describe('a task', () => {
  const release = (id: string, who: Who) => releaseStep(world.as(who), { dossierId: id, reason: 'Quá nhiều việc.' });
  const reassign = (id: string, to: Who, who: Who = 'head') =>
    reassignStep(world.as(who), { dossierId: id, toUserId: world.id(to), reason: 'Cân đối công việc.' });

  test('is given back by who has it, and by nobody else', async () => {
    const id = await dossierAt('received');
    await claim(id, 'officer');
    expect(await refusal(release(id, 'otherOfficer'))).toBe('forbidden dossiers.errors.takenByColleague');
    expect(await refusal(release(id, 'elsewhere'))).toBe('notFound errors.notFound');
    await release(id, 'officer');
    expect(await holder(id)).toBeNull();
    expect(await timeline(world, id, 'office')).toContain('taskReleased');
    expect(await lastAudit(id)).toEqual({
      action: 'dossier.release',
      outcome: 'done',
      details: { step: 'assess', reason: 'Quá nhiều việc.' },
    });
    expect(await refusal(claim(id, 'otherOfficer'))).toBe('done');
  });

  test('is given by the head to a colleague who has its role; both hear of it', async () => {
    const id = await dossierAt('received');
    await claim(id, 'officer');
    expect(await refusal(reassign(id, 'otherOfficer', 'officer'))).toBe('forbidden dossiers.errors.roleMissing');
    await expect(reassign(id, 'clerk')).rejects.toMatchObject({
      details: { fields: [{ path: 'toUserId', reason: 'deadlines.errors.colleagueWithoutRole' }] },
    });
    await expect(reassign(id, 'officer')).rejects.toMatchObject({
      details: { fields: [{ path: 'toUserId', reason: 'deadlines.errors.hasItAlready' }] },
    });
    expect((await getOfficeDossier(world.as('head'), { dossierId: id })).colleagues.map((each) => each.id)).toContain(
      world.id('otherOfficer'),
    );
    await reassign(id, 'otherOfficer');
    for (const who of ['officer', 'otherOfficer'] as const) {
      const [notice] = await world.db
        .select()
        .from(notifications)
        .where(and(eq(notifications.userId, world.id(who)), eq(notifications.kind, 'task-reassigned')));
      expect(notice).toBeDefined();
    }
    expect(await lastAudit(id)).toMatchObject({
      action: 'dossier.reassign',
      details: { from: world.id('officer'), to: world.id('otherOfficer'), reason: 'Cân đối công việc.' },
    });
    expect(await refusal(assess(world, id))).toBe('forbidden dossiers.errors.takenByColleague');
  });
});

describe('standing in', () => {
  const give = (from: Who, to: Who, days: [string, string]) =>
    delegate(world.as(from), {
      organisationId: world.hanoi,
      toUserId: world.id(to),
      fromOn: days[0],
      toOn: days[1],
      reason: 'Nghỉ phép.',
    });
  let given: string;

  test('needs a colleague who shares a role, days ahead, and one at a time', async () => {
    world.clock.at = begin;
    const fault = (path: string, reason: string) => ({
      details: { fields: [{ path, reason: `deadlines.errors.${reason}` }] },
    });
    await expect(give('officer', 'clerk', ['2026-11-23', '2026-11-27'])).rejects.toMatchObject(
      fault('toUserId', 'delegateWithoutRole'),
    );
    await expect(give('officer', 'otherOfficer', ['2026-11-20', '2026-11-27'])).rejects.toMatchObject(
      fault('fromOn', 'delegationInThePast'),
    );
    expect(await refusal(give('owner', 'officer', ['2026-11-23', '2026-11-27']))).toBe('notFound errors.notFound');
    given = (await give('officer', 'otherOfficer', ['2026-11-23', '2026-11-27'])).id;
    await expect(give('officer', 'allRounder', ['2026-11-27', '2026-11-30'])).rejects.toMatchObject(
      fault('fromOn', 'delegationOverlaps'),
    );
    await expect(give('allRounder', 'officer', ['2026-11-27', '2026-11-30'])).rejects.toMatchObject(
      fault('toUserId', 'delegateAway'),
    );
    expect(await lastAudit(given)).toMatchObject({ action: 'delegation.give', outcome: 'done' });
    expect((await myDelegations(world.as('otherOfficer'), {})).items).toMatchObject([{ given: false, state: 'now' }]);
  });

  test('lets the colleague do the tasks that were taken, and writes down on whose behalf', async () => {
    const id = await dossierAt('received');
    await claim(id, 'officer');
    const mine = await inbox(world.as('otherOfficer'), {});
    expect(mine.items.map((row) => row.dossierId)).toContain(id);
    expect((await getOfficeDossier(world.as('otherOfficer'), { dossierId: id })).onBehalfOf).toBe('Người officer');
    const input = { dossierId: id, checklist, opinion: 'Hợp lệ.', outcome: 'inspect' as const };
    expect(await refusal(assessDossier(world.as('allRounder'), input))).toBe(
      'forbidden dossiers.errors.takenByColleague',
    );
    await assessDossier(world.as('otherOfficer'), input);
    const [entry] = await world.db
      .select()
      .from(dossierEvents)
      .where(and(eq(dossierEvents.dossierId, id), eq(dossierEvents.kind, 'actedOnBehalf')));
    expect(entry).toMatchObject({
      actorUserId: world.id('otherOfficer'),
      visibility: 'office',
      data: { step: 'assess', onBehalfOf: world.id('officer'), name: 'Người officer' },
    });
    const [audit] = await world.db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectId, id), eq(auditEntries.action, 'dossier.actOnBehalf')));
    expect(audit).toMatchObject({ actorId: world.id('otherOfficer'), details: { onBehalfOf: world.id('officer') } });
    // taken back, the step is again with whom it was
    await recallMove(world.as('otherOfficer'), { dossierId: id, reason: 'Bấm nhầm.' });
    expect((await getOfficeDossier(world.as('officer'), { dossierId: id })).waiting).toMatchObject([
      { node: 'assess', assigneeName: 'Người officer' },
    ]);
  });

  test('keeps duties apart: what was drafted for somebody is initialled by neither of the two', async () => {
    const id = await dossierAt('inspected');
    await claim(id, 'officer');
    const standIn = (await give('head', 'allRounder', ['2026-11-23', '2026-11-27'])).id;
    await endDelegation(world.as('officer'), { delegationId: given });
    const other = (await give('officer', 'allRounder', ['2026-11-23', '2026-11-27'])).id;
    await draft(world, id, 'certificate', 'allRounder');
    await proposeResult(world.as('allRounder'), { dossierId: id });
    await claim(id, 'head');
    expect(await refusal(initialResult(world.as('allRounder'), await toSign(world, id)))).toBe(
      'forbidden dossiers.errors.ownDraft',
    );
    for (const delegationId of [standIn, other]) {
      const who = delegationId === standIn ? 'head' : 'officer';
      await endDelegation(world.as(who), { delegationId });
    }
  });

  test('ends with its last day, and when who gave it ends it; nobody else can', async () => {
    const id = await dossierAt('received');
    await claim(id, 'officer');
    const delegation = await give('officer', 'otherOfficer', ['2026-11-23', '2026-11-24']);
    const act = () =>
      assessDossier(world.as('otherOfficer'), { dossierId: id, checklist, opinion: 'Đạt.', outcome: 'inspect' });
    world.clock.at = new Date('2026-11-25T08:00:00+07:00');
    expect(await refusal(act())).toBe('forbidden dossiers.errors.takenByColleague');
    world.clock.at = begin;
    const end = (who: Who) => endDelegation(world.as(who), { delegationId: delegation.id });
    expect(await refusal(end('otherOfficer'))).toBe('forbidden deadlines.errors.delegationOfAnother');
    expect(await refusal(end('clerk'))).toBe('notFound errors.notFound');
    await end('officer');
    expect(await refusal(act())).toBe('forbidden dossiers.errors.takenByColleague');
    expect(await lastAudit(delegation.id)).toMatchObject({ action: 'delegation.end', outcome: 'done' });
  });
});

describe('a stand-in who is away too', () => {
  const give = (from: Who, to: Who, fromOn: string, toOn: string) =>
    delegate(world.as(from), {
      organisationId: world.hanoi,
      toUserId: world.id(to),
      fromOn,
      toOn,
      reason: 'Nghỉ phép.',
    });
  const told = async (who: Who) =>
    (
      await world.db
        .select()
        .from(notifications)
        .where(and(eq(notifications.userId, world.id(who)), like(notifications.kind, '%stand%')))
    ).map(({ kind, data }) => ({ kind, data }));
  const end = (who: Who, { id }: { id: string }) => endDelegation(world.as(who), { delegationId: id });

  test('is replaced by the colleague they ask; the giver hears of it and sees it, and the work is in a queue', async () => {
    const id = await dossierAt('received');
    await claim(id, 'officer');
    const first = await give('officer', 'otherOfficer', '2026-11-23', '2026-11-27');
    const queueOf = async (who: Who) =>
      (await inbox(world.as(who), { taken: 'colleague' })).items.map((row) => row.dossierId);
    expect(await queueOf('allRounder')).not.toContain(id);
    const second = await give('otherOfficer', 'allRounder', '2026-11-25', '2026-12-04');
    expect(await told('officer')).toEqual([
      {
        kind: 'stand-in-away',
        data: {
          name: 'Người otherOfficer',
          standIn: 'Người allRounder',
          on: '2026-11-25',
          until: '2026-11-27',
        },
      },
    ]);
    expect((await myDelegations(world.as('officer'), {})).items.find((each) => each.id === first.id)?.away).toEqual([
      { fromOn: '2026-11-25', toOn: '2026-11-27', standInName: 'Người allRounder', missing: [] },
    ]);
    // two days the colleague is there: then the next one stands in, for both
    const act = (who: Who) =>
      assessDossier(world.as(who), { dossierId: id, checklist, opinion: 'Đạt.', outcome: 'inspect' });
    expect(await refusal(act('allRounder'))).toBe('forbidden dossiers.errors.takenByColleague');
    world.clock.at = new Date('2026-11-25T09:00:00+07:00');
    expect(await queueOf('allRounder')).toContain(id);
    await act('allRounder');
    const [audit] = await world.db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectId, id), eq(auditEntries.action, 'dossier.actOnBehalf')));
    expect(audit).toMatchObject({ actorId: world.id('allRounder'), details: { onBehalfOf: world.id('officer') } });
    world.clock.at = begin;
    await end('officer', first);
    await end('otherOfficer', second);
  });

  test('whose own stand-in lacks a role: the giver and the heads are told that nobody would do those tasks', async () => {
    const first = await give('leader', 'allRounder', '2026-11-23', '2026-11-27');
    const second = await give('allRounder', 'officer', '2026-11-24', '2026-11-24');
    const days = { on: '2026-11-24', until: '2026-11-24' };
    expect(await told('leader')).toEqual([
      {
        kind: 'stand-in-away-uncovered',
        data: { name: 'Người allRounder', standIn: 'Người officer', ...days },
      },
    ]);
    expect(await told('head')).toEqual([
      { kind: 'nobody-stands-in', data: { name: 'Người leader', standIn: 'Người allRounder', ...days } },
    ]);
    const given = async () => (await myDelegations(world.as('leader'), {})).items.find((each) => each.id === first.id)!;
    expect((await given()).away).toMatchObject([{ standInName: 'Người officer', missing: ['leader'] }]);
    await end('allRounder', second);
    expect((await given()).away).toEqual([]);
    await end('leader', first);
  });
});

describe('a move just made', () => {
  const recall = (id: string, who: Who = 'officer') =>
    recallMove(world.as(who), { dossierId: id, reason: 'Bấm nhầm.' });

  test('is taken back by who made it, within its time, while nobody has the next step', async () => {
    const id = await dossierAt('assessed');
    later(10);
    expect((await getOfficeDossier(world.as('officer'), { dossierId: id })).recall).toMatchObject({ step: 'assess' });
    expect(await refusal(recall(id, 'otherOfficer'))).toBe('forbidden deadlines.errors.notYourMove');
    expect(await refusal(recall(id, 'stranger'))).toBe('notFound errors.notFound');
    await recall(id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['assess'] });
    const [assessment] = await world.db.select().from(assessments).where(eq(assessments.dossierId, id));
    expect(assessment!.recalledAt).toEqual(world.clock.at);
    expect(await timeline(world, id, 'office')).toContain('moveRecalled');
    expect(await lastAudit(id)).toEqual({
      action: 'dossier.recall',
      outcome: 'done',
      details: { step: 'assess', reason: 'Bấm nhầm.' },
    });
    await assess(world, id, 'reject');
    await recall(id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['assess'] });
  });

  test('stays when it is too late, when a colleague has the next step, or when the applicant was told', async () => {
    const late = await dossierAt('assessed');
    later(31);
    expect(await refusal(recall(late))).toBe('invalidState deadlines.errors.recallTooLate');
    const taken = await dossierAt('assessed');
    await claim(taken, 'otherOfficer');
    expect(await refusal(recall(taken))).toBe('invalidState deadlines.errors.nextStepTaken');
    const planned = await dossierAt('planned');
    expect(await refusal(recall(planned))).toBe('invalidState deadlines.errors.nothingToRecall');
    expect(await standing(world, planned)).toEqual({ state: 4, waits: ['inspect'] });
  });

  test('takes a draft back from the head', async () => {
    const id = await dossierAt('proposed');
    await recall(id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['draft-result'] });
    await draftResult(world.as('officer'), { dossierId: id, kind: 'certificate', signerId: world.id('leader') });
    await proposeResult(world.as('officer'), { dossierId: id });
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['initial'] });
  });
});

describe('slips of the desk', () => {
  test('05 tells every hand-over, who, when, in time or late; officials alone read it, and its bytes never change', async () => {
    const id = await dossierAt('received');
    world.clock.at = new Date('2026-12-02T09:00:00+07:00');
    await assess(world, id);
    expect(await refusal(issueControlSlip(world.as('owner'), { dossierId: id }))).toBe('notFound errors.notFound');
    await issueControlSlip(world.as('oneStop'), { dossierId: id });
    await world.work();
    const [slip] = await world.db
      .select()
      .from(slips)
      .where(and(eq(slips.dossierId, id), eq(slips.form, '05')));
    expect(slip!.content.handovers).toMatchObject([
      { step: 'Tiếp nhận hồ sơ', who: 'Người oneStop', verdict: 'Đúng hạn' },
      { step: 'Thẩm định hồ sơ', who: 'Người officer', verdict: 'Trễ hạn' },
      { step: 'Lập đoàn và lịch kiểm tra thực tế', who: 'Chưa có người nhận', verdict: 'Đang làm' },
    ]);
    const printed = await readFile(world.db, slip!.fileId!);
    const again = await renderSlip(world.db, await getDossier(world.db, id), slip!);
    expect(Buffer.compare(Buffer.from(again), Buffer.from(printed))).toBe(0);
    expect(await canReadDossierFile(world.as('officer'), slip!.fileId!)).toBe(true);
    expect(await canReadDossierFile(world.as('owner'), slip!.fileId!)).toBe(false);
    expect(await canReadDossierFile(world.as('elsewhere'), slip!.fileId!)).toBe(false);
    expect(await timeline(world, id, 'all')).toEqual(['filed', 'paymentSettled', 'received', 'slipIssued']);
    expect(await lastAudit(id)).toMatchObject({ action: 'dossier.issueControlSlip', outcome: 'done' });
  });

  test('06 lists what was received on some days, numbered and kept; only who keeps it may', async () => {
    const id = await dossierAt('received');
    const { code } = await getDossier(world.db, id);
    const range = { organisationId: world.hanoi, fromOn: '2026-11-23', toOn: '2026-11-30' };
    expect(await refusal(issueTrackingLog(world.as('officer'), range))).toBe('forbidden dossiers.errors.roleMissing');
    expect(await refusal(issueTrackingLog(world.as('elsewhere'), range))).toBe('notFound errors.notFound');
    const issued = await issueTrackingLog(world.as('oneStop'), range);
    expect((await logAuthorities(world.as('oneStop'), {})).map((each) => each.id)).toEqual([world.hanoi]);
    const view = await trackingLog(world.as('oneStop'), range);
    expect(view.rows.find((row) => row.code === code)).toMatchObject({ state: 'inProcessing', files: 7 });
    expect(view.issued).toMatchObject([{ number: 1, fileId: issued.fileId }]);
    const empty = await trackingLog(world.as('oneStop'), { ...range, fromOn: '2026-11-24' });
    expect(empty).toMatchObject({ rows: [], total: 0 });
    const [log] = await world.db.select().from(trackingLogs).where(eq(trackingLogs.id, issued.id));
    const again = await renderLog(log!.content as unknown as LogContent, log!);
    expect(Buffer.compare(Buffer.from(again), Buffer.from(await readFile(world.db, issued.fileId)))).toBe(0);
    expect(await canReadDossierFile(world.as('head'), issued.fileId)).toBe(true);
    expect(await canReadDossierFile(world.as('officer'), issued.fileId)).toBe(false);
    expect(await canReadDossierFile(world.as('owner'), issued.fileId)).toBe(false);
    expect(await lastAudit(issued.id)).toMatchObject({ action: 'dossier.issueTrackingLog', outcome: 'done' });
  });
});

describe('a visit', () => {
  const minutes = (id: string) => ({
    dossierId: id,
    presentParty: 'Bà Hường',
    checklist: inspectionChecklist,
    findings: [],
    conclusion: 'Đạt.',
    outcome: 'pass' as const,
  });

  test('is not planned in the past', async () => {
    const id = await dossierAt('assessed');
    const past = planInspection(world.as('officer'), {
      dossierId: id,
      scheduledOn: '2026-11-22',
      place: '12 Trần Hưng Đạo',
      team: [{ userId: world.id('inspector'), role: 'lead' }],
    });
    await expect(past).rejects.toMatchObject({
      details: { fields: [{ path: 'scheduledOn', reason: 'deadlines.errors.visitInThePast' }] },
    });
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['plan-inspection'] });
    await plan(world, id);
  });

  test('is recorded by the leader of its team, photographed by its members, and by nobody else', async () => {
    const id = await dossierAt('assessed');
    await planInspection(world.as('officer'), {
      dossierId: id,
      scheduledOn: '2026-12-01',
      place: '12 Trần Hưng Đạo',
      team: [
        { userId: world.id('inspector'), role: 'lead' },
        { userId: world.id('otherInspector'), role: 'member' },
      ],
    });
    const photo = (who: Who) =>
      addInspectionPhoto(world.as(who), { dossierId: id, fileName: 'quay.png', bytes: samplePng(20) });
    expect(await refusal(photo('allRounder'))).toBe('forbidden deadlines.errors.notOfTeam');
    await photo('otherInspector');
    expect(await refusal(recordInspection(world.as('otherInspector'), minutes(id)))).toBe(
      'forbidden deadlines.errors.notTeamLead',
    );
    expect(await refusal(recordInspection(world.as('allRounder'), minutes(id)))).toBe(
      'forbidden deadlines.errors.notTeamLead',
    );
    await recordInspection(world.as('inspector'), minutes(id));
    const [row] = await world.db.select().from(inspections).where(eq(inspections.dossierId, id));
    expect(row!.recordedBy).toBe(world.id('inspector'));
  });

  test('keeps the procedure’s checklist: no criterion is added, left out or reworded', async () => {
    const id = await dossierAt('planned');
    const record = (list: typeof inspectionChecklist) =>
      recordInspection(world.as('inspector'), { ...minutes(id), checklist: list });
    await expect(
      record([...inspectionChecklist, { key: 'invented', label: 'Tự đặt', outcome: 'met' }]),
    ).rejects.toMatchObject({ reason: 'deadlines.errors.unknownCriterion' });
    await expect(record(inspectionChecklist.slice(1))).rejects.toMatchObject({
      details: { fields: [{ path: 'check.premises', reason: 'errors.field.choice' }] },
    });
    await record(inspectionChecklist.map((entry) => ({ ...entry, label: 'Sửa chữ' })));
    const [row] = await world.db.select().from(inspections).where(eq(inspections.dossierId, id));
    expect(row!.checklist![0]!.label).toBe('Địa điểm cố định, riêng biệt, diện tích đúng hồ sơ');
  });
});

describe('a withdrawal', () => {
  test('is confirmed by its applicant in every open state, and not once the result is delivered', async () => {
    for (const stage of ['filed', 'paid', 'received', 'planned', 'proposed'] as const) {
      const id = await dossierAt(stage);
      const input = { dossierId: id, reason: 'Đổi địa điểm.' };
      const unconfirmed = withdrawDossier(world.as('owner'), { ...input, confirmed: false as unknown as true });
      expect(await refusal(unconfirmed)).toBe('invalidInput errors.invalidInput');
      expect(await refusal(withdrawDossier(world.as('officer'), { ...input, confirmed: true }))).toBe(
        'forbidden dossiers.errors.applicantOnly',
      );
      await withdrawDossier(world.as('owner'), { ...input, confirmed: true });
      expect(await standing(world, id)).toEqual({ state: 7, waits: [] });
      expect(await lastAudit(id)).toMatchObject({ action: 'dossier.withdraw', details: { reason: 'Đổi địa điểm.' } });
    }
    const id = await dossierAt('delivered');
    const late = withdrawDossier(world.as('owner'), { dossierId: id, reason: 'Muộn.', confirmed: true });
    expect(await refusal(late)).toBe('invalidState dossiers.errors.tooLateToWithdraw');
  });
});
