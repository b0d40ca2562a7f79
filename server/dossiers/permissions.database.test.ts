import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dossierResults, inspectionPhotos, slips } from '#db/schema/dossiers.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { signedRevisions } from '#db/schema/signatures.ts';
import { tasks } from '#db/schema/workflow.ts';
import type { AppError, Context } from '#server/platform/index.ts';
import { saveRequestAnswer, sendRequestAnswer } from './commands/answer-request.ts';
import { assessDossier } from './commands/assess-dossier.ts';
import { createDraft } from './commands/create-draft.ts';
import { fileDossier } from './commands/file-dossier.ts';
import { addInspectionPhoto, planInspection, recordInspection } from './commands/inspect.ts';
import { addPaper, removePaper } from './commands/papers.ts';
import { receiveDossier, refuseReceipt } from './commands/receive-dossier.ts';
import {
  collectResult,
  draftResult,
  initialResult,
  issueResult,
  proposeResult,
  returnResult,
  signResult,
} from './commands/results.ts';
import { savePage } from './commands/save-page.ts';
import { addNote, claimStep, rateDossier, withdrawDossier } from './commands/small-acts.ts';
import { canReadDossierFile } from './file-access.ts';
import { getMyDossier } from './queries/my-dossier.ts';
import { getOfficeDossier } from './queries/office-dossier.ts';
import { currentPapers, papersOf } from './records.ts';
import {
  checklist,
  completeDraft,
  copyDraft,
  file,
  inspectionChecklist,
  pay,
  standing,
  timeline,
  toSign,
} from './testing/journey.ts';
import { samplePdf, samplePng } from './testing/sample-files.ts';
import { nobody, openWorld, pin, type Who, type World } from './testing/world.ts';

/** One dossier of a citizen who later becomes an official moves along; at each step everybody tries it who may not. */
let world: World;
let template: string;
let id: string;
/** the applicant, an official with every role by now */
let self: Context;
beforeAll(async () => {
  world = await openWorld({ keys: true, persons: true });
  template = await completeDraft(world, 'citizen');
  id = await copyDraft(world, template, 'citizen');
});
afterAll(() => world.close());

type Act = (ctx: Context) => Promise<unknown>;
const answer = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: AppError) => `${error.code} ${error.reason}`,
  );
const absent = 'notFound errors.notFound';
const signIn = 'unauthenticated errors.unauthenticated';
const forbidden = (reason: string) => `forbidden dossiers.errors.${reason}`;
const movedOn = 'invalidState dossiers.errors.movedOn';

async function auditsOf(action: string): Promise<{ done: number; refused: number }> {
  const rows = await world.db
    .select({ outcome: auditEntries.outcome })
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), eq(auditEntries.subjectId, id)));
  return {
    done: rows.filter((row) => row.outcome === 'done').length,
    refused: rows.filter((row) => row.outcome === 'refused').length,
  };
}

/** Everybody who may not do an official step, and what they hear; each refusal leaves a row, and nothing changes. */
async function refusedToOthers(action: string, act: Act, wrongRole: Who): Promise<void> {
  const before = {
    audits: await auditsOf(action),
    standing: await standing(world, id),
    kinds: await timeline(world, id),
  };
  expect(await answer(act(world.as(wrongRole)))).toBe(forbidden('roleMissing'));
  expect(await answer(act(world.as('elsewhere')))).toBe(absent);
  expect(await answer(act(world.as('stranger')))).toBe(absent);
  expect(await answer(act(world.as('owner')))).toBe(absent);
  expect(await answer(act(nobody(world)))).toBe(signIn);
  expect(await answer(act(world.as('citizen')))).toBe(forbidden('officialsOnly'));
  expect(await answer(act(self))).toBe(forbidden('ownDossier'));
  expect(await auditsOf(action)).toEqual({ done: before.audits.done, refused: before.audits.refused + 7 });
  expect(await standing(world, id)).toEqual(before.standing);
  expect(await timeline(world, id)).toEqual(before.kinds);
}

/** A task taken by a colleague is the colleague's; whoever tries to take it too hears so. */
async function refusedWhileTaken(act: Act, who: Who): Promise<void> {
  const claim = (by: Who) => answer(claimStep(world.as(by), { dossierId: id }));
  expect(await claim('allRounder')).toBe('done');
  expect(await claim(who)).toBe(forbidden('takenByColleague'));
  expect(await answer(act(world.as(who)))).toBe(forbidden('takenByColleague'));
  await world.db.update(tasks).set({ assigneeId: null }).where(eq(tasks.businessKey, id));
}

/** Done twice at once: one success and one clear answer; afterwards it is clear that it is done. */
async function doneOnce(action: string, act: Act, who: Who): Promise<void> {
  const before = await auditsOf(action);
  const both = await Promise.all([answer(act(world.as(who))), answer(act(world.as(who)))]);
  expect(both.sort()).toEqual(['done', movedOn]);
  expect(await answer(act(world.as(who)))).toBe(movedOn);
  expect(await auditsOf(action)).toEqual({ done: before.done + 1, refused: before.refused + 2 });
}

describe('what applicants do with a draft', () => {
  test('is theirs alone: to everybody else it does not exist', async () => {
    const paper = { dossierId: id, paperKey: 'site-plan', fileName: 'so-do.png', bytes: samplePng(10) };
    const added = await addPaper(world.as('citizen'), paper);
    const acts: Act[] = [
      (ctx) => savePage(ctx, { dossierId: id, pageId: 'gpp', values: { 'gpp.status': 'together' }, mode: 'autosave' }),
      (ctx) => addPaper(ctx, { ...paper, bytes: samplePng(20) }),
      (ctx) => removePaper(ctx, { dossierId: id, paperId: added.id }),
      (ctx) => fileDossier(ctx, { dossierId: id, submissionKey: `key-${id}`, declared: true }),
    ];
    for (const act of acts) {
      for (const who of ['stranger', 'owner', 'oneStop', 'allRounder', 'elsewhere'] as const)
        expect(await answer(act(world.as(who)))).toBe(absent);
      expect(await answer(act(nobody(world)))).toBe(signIn);
    }
    await savePage(world.as('citizen'), { dossierId: id, pageId: 'gpp', values: {}, mode: 'autosave' });
    await removePaper(world.as('citizen'), { dossierId: id, paperId: added.id });
    for (const action of ['dossier.savePage', 'dossier.addPaper', 'dossier.removePaper'])
      expect(await auditsOf(action)).toEqual({ done: 1, refused: 6 });
  });

  test('takes papers by what they are, each fault with its own answer', async () => {
    const add = (over: Partial<Parameters<typeof addPaper>[1]>) =>
      answer(
        addPaper(world.as('citizen'), {
          dossierId: id,
          paperKey: 'technical-dossier',
          fileName: 'a.pdf',
          bytes: samplePdf('technical-dossier'),
          ...over,
        }),
      );
    const fault = (reason: string) => `invalidInput uploads.errors.${reason}`;
    expect(await add({})).toBe('conflict dossiers.errors.sameFileTwice');
    expect(await add({ bytes: new Uint8Array() })).toBe(fault('empty'));
    expect(await add({ fileName: 'a.png', bytes: samplePng(1) })).toBe(fault('unknown'));
    expect(await add({ bytes: samplePng(1) })).toBe(fault('mismatch'));
    expect(await add({ bytes: Buffer.from('MZ\u0000\u0000') })).toBe(fault('program'));
    expect(await add({ bytes: Buffer.concat([samplePdf('x'), Buffer.alloc(21 * 1_048_576)]) })).toBe(fault('tooLarge'));
    expect(
      await add({
        bytes: Buffer.from(
          Buffer.from(samplePdf('x')).toString('latin1').replace('/Root 1 0 R', '/Root 1 0 R /Encrypt 6 0 R'),
        ),
      }),
    ).toBe(fault('encrypted'));
    expect(await add({ paperKey: 'nothing' })).toBe('notFound dossiers.errors.paperNotAsked');
    for (let i = 0; i < 4; i++) expect(await add({ bytes: samplePdf(`another ${i}`) })).toBe('done');
    expect(await add({ bytes: samplePdf('one too many') })).toBe('limit dossiers.errors.tooManyFiles');
  });

  test('does not begin for officials and strangers', async () => {
    const begin = (ctx: Context, organisationId: string | null = null) =>
      answer(createDraft(ctx, { procedureKey: 'pharmacy-eligibility', organisationId }));
    expect(await begin(world.as('officer'))).toBe(forbidden('officialsDoNotFile'));
    expect(await begin(nobody(world))).toBe(signIn);
    expect(await begin(world.as('stranger'), world.business)).toBe(absent);
    expect(await begin(world.as('partner'), world.business)).toBe('done');
    const unknown = { procedureKey: 'nothing', organisationId: null };
    expect(await answer(createDraft(world.as('citizen'), unknown))).toMatch(/^notFound/);
  });

  test('is over once it is filed', async () => {
    await file(world, id, 'citizen');
    self = await world.appoint('citizen');
    const values = { dossierId: id, pageId: 'gpp', values: { 'gpp.status': 'certified' }, mode: 'autosave' as const };
    expect(await answer(savePage(world.as('citizen'), values))).toBe(forbidden('alreadyFiled'));
    const paper = { dossierId: id, paperKey: 'lease', fileName: 'a.pdf', bytes: samplePdf('late') };
    expect(await answer(addPaper(world.as('citizen'), paper))).toBe(forbidden('alreadyFiled'));
    const [filed] = await papersOf(world.db, id);
    expect(await answer(removePaper(world.as('citizen'), { dossierId: id, paperId: filed!.id }))).toBe(
      forbidden('alreadyFiled'),
    );
    await pay(world, id);
  });
});

describe('the steps of officials', () => {
  test('receipt and its refusal are the one-stop officer’s', async () => {
    const refuse: Act = (ctx) => refuseReceipt(ctx, { dossierId: id, reason: 'other', explanation: 'Không rõ.' });
    await refusedToOthers('dossier.refuseReceipt', refuse, 'officer');
    const receive: Act = (ctx) => receiveDossier(ctx, { dossierId: id });
    await refusedToOthers('dossier.receive', receive, 'officer');
    await refusedWhileTaken(receive, 'oneStop');
    await doneOnce('dossier.receive', receive, 'oneStop');
    expect(await answer(refuse(world.as('oneStop')))).toBe(movedOn);
    await world.work();
  });

  test('claiming is for those who may do the step, and one of two at once gets it', async () => {
    const claim: Act = (ctx) => claimStep(ctx, { dossierId: id });
    await refusedToOthers('dossier.claim', claim, 'clerk');
    const both = await Promise.all([answer(claim(world.as('officer'))), answer(claim(world.as('otherOfficer')))]);
    expect(both.sort()).toEqual(['done', forbidden('takenByColleague')]);
    const [task] = await world.db
      .select()
      .from(tasks)
      .where(and(eq(tasks.businessKey, id), eq(tasks.status, 'open')));
    const holder = task!.assigneeId === world.id('officer') ? 'officer' : 'otherOfficer';
    const before = await timeline(world, id);
    expect(await answer(claim(world.as(holder)))).toBe('done');
    expect(await timeline(world, id)).toEqual(before);
    await world.db.update(tasks).set({ assigneeId: null }).where(eq(tasks.id, task!.id));
  });

  test('assessment and the plan of the visit are the case officer’s', async () => {
    const assess: Act = (ctx) =>
      assessDossier(ctx, { dossierId: id, checklist, opinion: 'Hợp lệ.', outcome: 'inspect' });
    await refusedToOthers('dossier.assess', assess, 'oneStop');
    await refusedWhileTaken(assess, 'officer');
    await doneOnce('dossier.assess', assess, 'officer');
    const team = (userId: string) => [{ userId, role: 'lead' as const }];
    const visit = { dossierId: id, scheduledOn: '2026-12-01', place: '12 Trần Hưng Đạo' };
    const plan: Act = (ctx) => planInspection(ctx, { ...visit, team: team(world.id('inspector')) });
    await refusedToOthers('dossier.planInspection', plan, 'inspector');
    const notInspector = planInspection(world.as('officer'), { ...visit, team: team(world.id('clerk')) });
    expect(await answer(notInspector)).toBe('invalidInput dossiers.errors.notAnInspector');
    await refusedWhileTaken(plan, 'officer');
    await doneOnce('dossier.planInspection', plan, 'officer');
  });

  test('photos and minutes of the visit are the inspector’s', async () => {
    const photo: Act = (ctx) => addInspectionPhoto(ctx, { dossierId: id, fileName: 'quay.png', bytes: samplePng(30) });
    await refusedToOthers('dossier.addInspectionPhoto', photo, 'officer');
    await refusedWhileTaken(photo, 'inspector');
    expect(await answer(photo(world.as('inspector')))).toBe('done');
    const record: Act = (ctx) =>
      recordInspection(ctx, {
        dossierId: id,
        presentParty: 'Bà Hường',
        checklist: inspectionChecklist,
        findings: [],
        conclusion: 'Đạt.',
        outcome: 'pass',
      });
    await refusedToOthers('dossier.recordInspection', record, 'officer');
    await refusedWhileTaken(record, 'inspector');
    await doneOnce('dossier.recordInspection', record, 'inspector');
    expect(await answer(photo(world.as('inspector')))).toBe(movedOn);
  });

  test('the draft is the case officer’s', async () => {
    const draft: Act = (ctx) => draftResult(ctx, { dossierId: id, kind: 'certificate', signerId: world.id('leader') });
    const propose: Act = (ctx) => proposeResult(ctx, { dossierId: id });
    expect(await answer(propose(world.as('officer')))).toBe('invalidState dossiers.errors.noResultDrafted');
    await refusedToOthers('dossier.draftResult', draft, 'head');
    await refusedWhileTaken(draft, 'officer');
    expect(await answer(draft(world.as('officer')))).toBe('done');
    await refusedToOthers('dossier.proposeResult', propose, 'head');
    await refusedWhileTaken(propose, 'officer');
    await doneOnce('dossier.proposeResult', propose, 'officer');
    expect(await answer(draft(world.as('officer')))).toBe(movedOn);
  });

  test('initial, signature and seal are the head’s, the leader’s and the clerk’s', async () => {
    const shown = await toSign(world, id);
    const giveBack: Act = (ctx) => returnResult(ctx, { dossierId: id, comment: 'Xem lại.' });
    await refusedToOthers('dossier.returnResult', giveBack, 'leader');
    const initial: Act = (ctx) => initialResult(ctx, shown);
    await refusedToOthers('dossier.initialResult', initial, 'officer');
    await refusedWhileTaken(initial, 'head');
    await doneOnce('dossier.initialResult', initial, 'head');
    await refusedToOthers('dossier.returnResult', giveBack, 'head');
    const next = await toSign(world, id);
    const sign: Act = (ctx) => signResult(ctx, next);
    await refusedToOthers('dossier.signResult', sign, 'head');
    await refusedWhileTaken(sign, 'leader');
    await doneOnce('dossier.signResult', sign, 'leader');
    expect(await answer(giveBack(world.as('head')))).toBe(movedOn);
    const issue: Act = (ctx) => issueResult(ctx, { dossierId: id, pin });
    await refusedToOthers('dossier.issueResult', issue, 'leader');
    await refusedWhileTaken(issue, 'clerk');
    await doneOnce('dossier.issueResult', issue, 'clerk');
    expect(await answer(claimStep(world.as('oneStop'), { dossierId: id }))).toBe(movedOn);
  });

  test('notes stay among officials', async () => {
    const note: Act = (ctx) => addNote(ctx, { dossierId: id, text: 'Đã gọi điện cho cơ sở.' });
    for (const ctx of [world.as('elsewhere'), world.as('stranger'), world.as('citizen'), self])
      expect(await answer(note(ctx))).toBe(absent);
    expect(await answer(note(nobody(world)))).toBe(signIn);
    expect(await answer(note(world.as('registrar')))).toBe('done');
    expect(await auditsOf('dossier.addNote')).toEqual({ done: 1, refused: 5 });
    const text = JSON.stringify(await getMyDossier(world.as('citizen'), { dossierId: id }));
    expect(text).not.toContain('gọi điện');
    expect(JSON.stringify(await getOfficeDossier(world.as('clerk'), { dossierId: id }))).toContain('gọi điện');
    expect(await answer(getOfficeDossier(self, { dossierId: id }))).toBe(absent);
  });
});

describe('what applicants do with a filed dossier', () => {
  test('is refused to officials and does not exist for strangers', async () => {
    const acts: Act[] = [
      (ctx) => withdrawDossier(ctx, { dossierId: id, reason: 'Thôi.', confirmed: true }),
      (ctx) => collectResult(ctx, { dossierId: id }),
      (ctx) => rateDossier(ctx, { dossierId: id, score: 'satisfied' }),
      (ctx) => saveRequestAnswer(ctx, { dossierId: id, values: {} }),
      (ctx) => sendRequestAnswer(ctx, { dossierId: id }),
      (ctx) => getMyDossier(ctx, { dossierId: id }),
    ];
    for (const act of acts) {
      expect(await answer(act(world.as('officer')))).toBe(forbidden('applicantOnly'));
      for (const who of ['stranger', 'owner', 'elsewhere'] as const)
        expect(await answer(act(world.as(who)))).toBe(absent);
      expect(await answer(act(nobody(world)))).toBe(signIn);
    }
    expect(await auditsOf('dossier.withdraw')).toEqual({ done: 0, refused: 5 });
    expect(await answer(sendRequestAnswer(world.as('citizen'), { dossierId: id }))).toBe(
      'invalidState dossiers.errors.noOpenRequest',
    );
    for (const act of [acts[1]!, acts[2]!])
      expect(await answer(act(world.as('citizen')))).toBe('invalidState dossiers.errors.notDelivered');
  });

  test('files go to those they are for', async () => {
    const readers = async (fileId: string) => {
      const contexts = {
        citizen: world.as('citizen'),
        officer: world.as('officer'),
        elsewhere: world.as('elsewhere'),
        stranger: world.as('stranger'),
        nobody: nobody(world),
      };
      const who: string[] = [];
      for (const [name, ctx] of Object.entries(contexts)) if (await canReadDossierFile(ctx, fileId)) who.push(name);
      return who;
    };
    const [paper] = currentPapers(await papersOf(world.db, id));
    expect(await readers(paper!.fileId)).toEqual(['citizen', 'officer']);
    const [slip] = await world.db.select().from(slips).where(eq(slips.dossierId, id));
    expect(await readers(slip!.fileId!)).toEqual(['citizen', 'officer']);
    const [photo] = await world.db.select().from(inspectionPhotos);
    expect(await readers(photo!.fileId)).toEqual(['officer']);
    const revisions = await world.db
      .select({ fileId: signedRevisions.fileId, field: signedRevisions.field })
      .from(signedRevisions)
      .innerJoin(dossierResults, eq(dossierResults.documentId, signedRevisions.documentId))
      .where(eq(dossierResults.dossierId, id))
      .orderBy(asc(signedRevisions.ordinal));
    const sealed = revisions.find((revision) => revision.field === 'seal')!;
    expect(await readers(sealed.fileId)).toEqual([]);
    await world.work();
    expect(await readers(sealed.fileId)).toEqual(['citizen', 'officer']);
    for (const revision of revisions.filter((each) => each !== sealed))
      expect(await readers(revision.fileId)).toEqual([]);
  });

  test('ends with the collection', async () => {
    expect(await answer(collectResult(world.as('citizen'), { dossierId: id }))).toBe('done');
    expect(await standing(world, id)).toEqual({ state: 10, waits: [] });
    expect(await auditsOf('dossier.collectResult')).toEqual({ done: 1, refused: 6 });
    expect(
      await answer(withdrawDossier(world.as('citizen'), { dossierId: id, reason: 'Muộn.', confirmed: true })),
    ).toBe('invalidState dossiers.errors.tooLateToWithdraw');
  });
});
