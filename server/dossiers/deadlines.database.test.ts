import { and, asc, eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicantRequests, clockEvents, dossierEvents, slips } from '#db/schema/dossiers.ts';
import { organisations } from '#db/schema/identity.ts';
import { mails, notifications } from '#db/schema/notifications.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { saveCalendarYear } from '#server/calendar/index.ts';
import { type Person, readFile, systemActor } from '#server/platform/index.ts';
import { saveRequestAnswer, sendRequestAnswer } from './commands/answer-request.ts';
import { assessDossier } from './commands/assess-dossier.ts';
import { decideSupplement } from './commands/decide-supplement.ts';
import { decideExtension, proposeExtension } from './commands/extension.ts';
import { lateDossiers } from './queries/late-dossiers.ts';
import { getClock, getMyDossier } from './queries/my-dossier.ts';
import { getOfficeDossier } from './queries/office-dossier.ts';
import { supplementFigures } from './queries/supplement-figures.ts';
import { trackDossier } from './queries/track.ts';
import { getDossier } from './records.ts';
import { renderSlip } from './slip-layouts.ts';
import { bringTo, checklist, completeDraft, copyDraft, type Stage, standing, timeline } from './testing/journey.ts';
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
/** Lets the jobs whose key begins so run now, at the time of the clock. */
const due = async (key: string) => {
  await world.own.ownerDb.execute(
    sql`update graphile_worker._private_jobs set run_at = now() where key like ${`${key}%`}`,
  );
  await world.work();
};
const told = (who: Who, id: string, kind: string) =>
  world.db
    .select({ id: notifications.id })
    .from(notifications)
    .where(
      and(eq(notifications.userId, world.id(who)), eq(notifications.kind, kind), like(notifications.href, `%${id}`)),
    )
    .then((rows) => rows.length);
const refusal = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: { code: string; reason: string }) => `${error.code} ${error.reason}`,
  );
const lastAudit = async (id: string) => {
  const rows = await world.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, id))
    .orderBy(asc(auditEntries.id));
  const { action, outcome, details } = rows.at(-1)!;
  return { action, outcome, details };
};

const name = { target: 'facility.name', kind: 'field' as const, note: 'Tên trùng.', legalGround: 'Luật Dược' };
const area = { target: 'premises.area', kind: 'field' as const, note: 'Ghi lại diện tích.', legalGround: 'GPP' };
const ask = (id: string, items: (typeof name)[], reason = '') =>
  assessDossier(world.as('officer'), {
    dossierId: id,
    checklist,
    opinion: 'Cần bổ sung.',
    outcome: 'supplement',
    items,
    reason,
  });
const answer = async (id: string, values: Record<string, string>) => {
  await saveRequestAnswer(world.as('owner'), { dossierId: id, values });
  await sendRequestAnswer(world.as('owner'), { dossierId: id });
};
const decide = (id: string, approve: boolean, who: Who = 'leader') =>
  decideSupplement(world.as(who), { dossierId: id, approve, reason: approve ? 'Cần cho an toàn.' : 'Đã đủ.' });

describe('a further supplement', () => {
  let id: string;

  test('waits for the leader with its reason and grounds, while the clock runs and the applicant sees nothing', async () => {
    id = await dossierAt('received');
    await ask(id, [name, area]);
    await world.work();
    await answer(id, { 'facility.name': 'Nhà thuốc Minh Châu 2', 'premises.area': '40' });
    expect(await refusal(ask(id, [{ ...area, legalGround: '' }], ''))).toBe('invalidInput errors.invalidInput');
    const before = await timeline(world, id, 'all');
    await ask(id, [area], 'Diện tích chưa khớp sơ đồ.');
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['approve-supplement'] });
    const mine = await getMyDossier(world.as('owner'), { dossierId: id });
    expect(mine).toMatchObject({ openRequest: null, waiting: [{ node: 'assess', role: 'officer' }], supplements: 1 });
    expect(mine.clock!.state).toBe('running');
    expect(await timeline(world, id, 'all')).toEqual(before);
    const { code, trackingSecret } = await getDossier(world.db, id);
    const seen = await trackDossier(nobody(world), { code: code!, secret: trackingSecret! }, 'address');
    expect(seen).toMatchObject({ step: 'assess', role: 'officer', supplements: 1, stopped: false });
    expect(await told('leader', id, 'task-assigned')).toBe(1);
  });

  test('is decided by a leader only, and never by who proposed it', async () => {
    expect(await refusal(decide(id, true, 'head'))).toBe('forbidden dossiers.errors.roleMissing');
    expect(await refusal(decide(id, true, 'elsewhere'))).toBe('notFound errors.notFound');
    expect(await refusal(decide(id, true, 'owner'))).toBe('forbidden dossiers.errors.officialsOnly');
    const empty = decideSupplement(world.as('leader'), { dossierId: id, approve: true, reason: '  ' });
    expect(await refusal(empty)).toBe('invalidInput errors.invalidInput');
    const stale = world.asActor({ ...(world.as('leader').actor as Person), assurance: 1 });
    const unsure = decideSupplement(stale, { dossierId: id, approve: true, reason: 'Đồng ý.' });
    expect(await refusal(unsure)).toBe('forbidden security.errors.stepUp');
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['approve-supplement'] });
    const view = await getOfficeDossier(world.as('leader'), { dossierId: id });
    expect(view.proposals).toMatchObject([{ kind: 'supplement', reason: 'Diện tích chưa khớp sơ đồ.', mine: true }]);
    expect((await getOfficeDossier(world.as('officer'), { dossierId: id })).proposals).toMatchObject([{ mine: false }]);
  });

  test('refused goes back to the assessment; what was accepted stays closed, by name', async () => {
    await decide(id, false);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['assess'] });
    expect(await told('officer', id, 'proposal-decided')).toBe(1);
    expect(await lastAudit(id)).toMatchObject({
      action: 'dossier.decideSupplement',
      outcome: 'done',
      details: { approve: false, reason: 'Đã đủ.' },
    });
    const view = await getOfficeDossier(world.as('officer'), { dossierId: id });
    expect(view).toMatchObject({
      acceptedItems: [{ kind: 'field', target: 'facility.name' }],
      supplementNeedsLeader: true,
    });
    const reopened = ask(id, [name], 'Vẫn trùng.');
    await expect(reopened).rejects.toMatchObject({
      reason: 'deadlines.errors.itemAccepted',
      details: { values: { itemVi: expect.stringContaining('Tên') } },
    });
  });

  test('approved goes out as slip 02 with the leader’s reason, stops the clock and is counted for everybody', async () => {
    await ask(id, [area], 'Diện tích chưa khớp sơ đồ.');
    await decide(id, true);
    await world.work();
    expect(await standing(world, id)).toEqual({ state: 5, waits: ['answer-supplement'] });
    const rows = await world.db
      .select()
      .from(slips)
      .where(and(eq(slips.dossierId, id), eq(slips.form, '02')))
      .orderBy(asc(slips.number));
    expect(rows.at(-1)!.content).toMatchObject({ ordinal: 2, approvalReason: 'Cần cho an toàn.' });
    expect((await getMyDossier(world.as('owner'), { dossierId: id })).supplements).toBe(2);
    const figures = await supplementFigures(nobody(world), { procedureKey: 'pharmacy-eligibility' });
    expect(figures).toMatchObject({ received: 1, once: 0, again: 1, share: 100 });
    expect(await lastAudit(id)).toMatchObject({ action: 'dossier.decideSupplement', details: { approve: true } });
  });
});

describe('an answer that is owed', () => {
  test('is reminded of three times before it lapses, each once, in the application and by mail', async () => {
    const id = await dossierAt('received');
    await ask(id, [name]);
    await world.work();
    const [request] = await world.db.select().from(applicantRequests).where(eq(applicantRequests.dossierId, id));
    const planned = await world.own.ownerDb.execute<{ key: string; days: number }>(
      sql`select key, extract(epoch from run_at - now()) / 86400 as days from graphile_worker._private_jobs
        where key like ${`answer-notice:${request!.id}:%`} order by key`,
    );
    // 30, 53 and 59 working days of 60: until 06/01, 15/02 and 23/02/2027, with New Year and Tết among them
    expect(planned.map((job) => Math.round(Number(job.days)))).toEqual([44, 84, 92]);
    for (const notice of [1, 2, 3]) {
      for (let again = 0; again < 2; again++) await due(`answer-notice:${request!.id}:${notice}`);
      expect(await told('owner', id, 'answer-reminder')).toBe(notice);
    }
    expect(await told('partner', id, 'answer-reminder')).toBe(3);
    const sent = await world.db
      .select({ to: mails.to })
      .from(mails)
      .where(and(eq(mails.kind, 'answer-reminder'), like(mails.dedupeKey, `%${request!.id}%`)));
    expect(sent).toHaveLength(6);
    expect((await timeline(world, id, 'all')).filter((kind) => kind === 'answerReminded')).toHaveLength(3);
  });

  test('is not reminded of once it was given', async () => {
    const id = await dossierAt('received');
    await ask(id, [name]);
    await world.work();
    await answer(id, { 'facility.name': 'Nhà thuốc Minh Châu 3' });
    await due('answer-notice:');
    expect(await told('owner', id, 'answer-reminder')).toBe(0);
  });
});

describe('an extension', () => {
  const propose = (id: string, days = 5, who: Who = 'officer') =>
    proposeExtension(world.as(who), { dossierId: id, days, reason: 'Cơ sở ở vùng ngập lụt.' });
  const grant = (id: string, approve = true, who: Who = 'leader') =>
    decideExtension(world.as(who), { dossierId: id, approve, reason: 'Đồng ý hẹn lại.' });
  let id: string;

  test('is proposed by an official of the dossier, within the days the procedure allows', async () => {
    id = await dossierAt('received');
    expect(await refusal(propose(id, 5, 'clerk'))).toBe('forbidden dossiers.errors.roleMissing');
    expect(await refusal(propose(id, 5, 'elsewhere'))).toBe('notFound errors.notFound');
    expect(await refusal(propose(id, 5, 'owner'))).toBe('forbidden dossiers.errors.officialsOnly');
    await expect(propose(id, 11)).rejects.toMatchObject({
      details: { fields: [{ path: 'days', reason: 'deadlines.errors.tooManyDays', values: { maximum: 10 } }] },
    });
    await propose(id);
    expect(await told('leader', id, 'extension-proposed')).toBe(1);
    expect(await refusal(propose(id))).toBe('invalidState deadlines.errors.extensionProposedAlready');
    expect(await lastAudit(id)).toMatchObject({ action: 'dossier.proposeExtension', outcome: 'refused' });
  });

  test('granted moves the appointment by a new fact, with slip 04 whose bytes never change', async () => {
    const before = (await getDossier(world.db, id)).dueAt!;
    expect(await refusal(grant(id, true, 'officer'))).toBe('forbidden dossiers.errors.roleMissing');
    await grant(id);
    await world.work();
    const dossier = await getDossier(world.db, id);
    expect(dossier.dueAt).toEqual(new Date('2026-12-29T09:00:00+07:00'));
    const clock = await getClock(world.as('owner'), { dossierId: id });
    expect(clock.facts).toMatchObject([
      { kind: 'start', days: 20, dueBefore: null, dueAt: before },
      { kind: 'extend', days: 5, dueBefore: before, dueAt: dossier.dueAt },
    ]);
    const [slip] = await world.db
      .select()
      .from(slips)
      .where(and(eq(slips.dossierId, id), eq(slips.form, '04')));
    const [fact] = await world.db.select().from(clockEvents).where(eq(clockEvents.slipId, slip!.id));
    expect(fact).toMatchObject({ kind: 'extend', reason: 'apology' });
    const printed = await readFile(world.db, slip!.fileId!);
    await world.db
      .update(organisations)
      .set({ name: 'Công ty TNHH Minh Châu Mới' })
      .where(eq(organisations.id, world.business));
    const again = await renderSlip(world.db, await getDossier(world.db, id), slip!);
    expect(Buffer.compare(Buffer.from(again), Buffer.from(printed))).toBe(0);
    expect(await told('owner', id, 'extended')).toBe(1);
    expect(await timeline(world, id, 'all')).toContain('extended');
    expect(await lastAudit(id)).toMatchObject({ action: 'dossier.decideExtension', details: { approve: true } });
  });

  test('is given once, and not while the clock stands', async () => {
    expect(await refusal(propose(id))).toBe('invalidState deadlines.errors.extendedAlready');
    const stopped = await dossierAt('received');
    await propose(stopped);
    await ask(stopped, [name]);
    await world.work();
    expect(await refusal(grant(stopped))).toBe('invalidState deadlines.errors.clockStopped');
    await grant(stopped, false);
    expect(await refusal(propose(stopped))).toBe('invalidState deadlines.errors.clockStopped');
    expect(await refusal(propose(await dossierAt('paid')))).toBe('invalidState deadlines.errors.clockNotStarted');
  });
});

describe('time running out', () => {
  const escalations = async (id: string) =>
    (
      await world.db
        .select({ data: dossierEvents.data })
        .from(dossierEvents)
        .where(and(eq(dossierEvents.dossierId, id), eq(dossierEvents.kind, 'escalated')))
        .orderBy(asc(dossierEvents.id))
    ).map(({ data }) => `${data.share} ${data.to}`);

  test('tells the official, the head and the leader at their share, each once', async () => {
    const id = await dossierAt('received');
    // received on Monday 23/11, the 24th is a holiday: ten working days are used up on Tuesday 08/12 at nine
    at('2026-12-08T08:00:00+07:00');
    await due(`deadline:${id}`);
    expect(await escalations(id)).toEqual([]);
    at('2026-12-08T10:00:00+07:00');
    for (let i = 0; i < 3; i++) await due(`deadline:${id}`);
    expect(await escalations(id)).toEqual(['50 official']);
    expect(await told('officer', id, 'deadline-near')).toBe(1);
    at('2026-12-22T10:00:00+07:00');
    for (let i = 0; i < 2; i++) await due(`deadline:${id}`);
    expect(await escalations(id)).toEqual(['50 official', '80 head', '100 leader']);
    expect(await told('head', id, 'deadline-near')).toBe(1);
    expect(await told('leader', id, 'deadline-passed')).toBe(1);
    expect(await told('owner', id, 'deadline-passed')).toBe(0);
    const late = await lateDossiers(world.as('head'), {});
    expect(late.items.find((row) => row.id === id)).toMatchObject({ urgency: 'late', step: 'assess' });
    expect(await refusal(lateDossiers(world.as('officer'), {}))).toBe('forbidden dossiers.errors.roleMissing');
  });

  test('stands still while the applicant answers, and is not late', async () => {
    const id = await dossierAt('received');
    await ask(id, [name]);
    await world.work();
    at('2026-12-22T10:00:00+07:00');
    await due(`deadline:${id}`);
    expect(await escalations(id)).toEqual([]);
    expect((await lateDossiers(world.as('head'), {})).items.map((row) => row.id)).not.toContain(id);
    await answer(id, { 'facility.name': 'Nhà thuốc Minh Châu 4' });
    await world.work();
    expect(await escalations(id)).toEqual([]);
  });
});

describe('a changed calendar', () => {
  test('reckons open dossiers anew as a fact of its own; the former deadline stays to be read', async () => {
    const id = await dossierAt('received');
    const other = await dossierAt('received');
    await world.work();
    // after everything that happened to the dossiers of the other tests
    at('2027-03-01T09:00:00+07:00');
    const before = await getDossier(world.db, id);
    const withoutIt = await getClock(world.as('owner'), { dossierId: id });
    await saveCalendarYear(world.asActor(systemActor('test')), {
      organisationId: world.hanoi,
      year: 2026,
      status: 'announced',
      entries: {
        sources: [{ vi: 'Thông báo', en: 'Notice' }],
        // an authority's own year stands for the whole year: the national holiday of November is in it too
        holidays: [
          { date: '2026-11-24', name: { vi: 'Ngày Văn hóa Việt Nam', en: 'Culture Day' } },
          { date: '2026-12-02', name: { vi: 'Nghỉ bão', en: 'Storm' } },
        ],
        swaps: [],
        halfDays: [],
      },
    });
    // until the job has run, the clock says what it said
    expect(await getClock(world.as('owner'), { dossierId: id })).toEqual(withoutIt);
    await world.work();
    const after = await getDossier(world.db, id);
    expect(after.dueAt!.getTime() - before.dueAt!.getTime()).toBe(86_400_000);
    const { facts, clock } = await getClock(world.as('owner'), { dossierId: id });
    expect(facts.at(-1)).toMatchObject({ kind: 'recompute', dueBefore: before.dueAt, dueAt: after.dueAt });
    expect(clock!.intervals.some((interval) => interval.name?.vi === 'Nghỉ bão')).toBe(true);
    expect(await timeline(world, id, 'all')).toContain('deadlineRecomputed');
    expect((await getClock(world.as('owner'), { dossierId: other })).facts.at(-1)!.kind).toBe('recompute');
  });
});
