import { and, asc, eq } from 'drizzle-orm';
import { dossierEvents, dossierPapers, dossiers } from '#db/schema/dossiers.ts';
import { paymentIntents } from '#db/schema/payments.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { localDate } from '#server/calendar/index.ts';
import { receiveBankCallback } from '#server/payments/index.ts';
import { aCallback } from '#server/payments/testing/rows.ts';
import { newId, systemActor } from '#server/platform/index.ts';
import { getDocument } from '#server/signatures/index.ts';
import { openTasksOf } from '#server/workflow/index.ts';
import { fullAnswers } from '#workflows/pharmacy-eligibility/sample-answers.ts';
import { assessDossier } from '../commands/assess-dossier.ts';
import { createDraft } from '../commands/create-draft.ts';
import { fileDossier } from '../commands/file-dossier.ts';
import { planInspection, recordInspection } from '../commands/inspect.ts';
import { addPaper } from '../commands/papers.ts';
import { receiveDossier } from '../commands/receive-dossier.ts';
import { draftResult, initialResult, issueResult, proposeResult, signResult } from '../commands/results.ts';
import { savePage } from '../commands/save-page.ts';
import { getDraft } from '../queries/draft.ts';
import { findResult, getDossier } from '../records.ts';
import { formValues } from './form-values.ts';
import { samplePdf } from './sample-files.ts';
import { pin, type Who, type World } from './world.ts';

export { formValues } from './form-values.ts';

/** An empty draft: of the business for those who act for it, else of the person. */
export const begin = (world: World, who: Who = 'owner') =>
  createDraft(world.as(who), {
    procedureKey: 'pharmacy-eligibility',
    organisationId: who === 'owner' || who === 'partner' ? world.business : null,
  });

/** A draft with every page answered and every required paper, through the commands. */
export async function completeDraft(world: World, who: Who = 'owner', answers = fullAnswers): Promise<string> {
  const ctx = world.as(who);
  const { id } = await begin(world, who);
  const values = formValues(answers);
  let pageId: string | null = 'applicant';
  while (pageId) {
    const saved: { nextPageId: string | null; errors: unknown[] } = await savePage(ctx, {
      dossierId: id,
      pageId,
      values,
      mode: 'continue',
    });
    if (saved.errors.length > 0) throw new Error(`${pageId}: ${JSON.stringify(saved.errors)}`);
    pageId = saved.nextPageId;
  }
  for (const paper of (await getDraft(ctx, { dossierId: id })).papers.filter((each) => each.required))
    await addPaper(ctx, {
      dossierId: id,
      paperKey: paper.key,
      fileName: `${paper.key}.pdf`,
      bytes: samplePdf(paper.key),
    });
  return id;
}

/** A complete draft as rows, for tests that need many of them: the same content without a hundred commands. */
export async function copyDraft(world: World, draftId: string, who: Who = 'owner'): Promise<string> {
  const source = await getDossier(world.db, draftId);
  const { id } = await begin(world, who);
  await world.db
    .update(dossiers)
    .set({ answers: source.answers, pagesSeen: source.pagesSeen })
    .where(eq(dossiers.id, id));
  const papers = await world.db.select().from(dossierPapers).where(eq(dossierPapers.dossierId, draftId));
  await world.db.insert(dossierPapers).values(papers.map((paper) => ({ ...paper, id: newId(), dossierId: id })));
  return id;
}

export const file = (world: World, dossierId: string, who: Who = 'owner') =>
  fileDossier(world.as(who), { dossierId, submissionKey: `key-${dossierId}`, declared: true });

/** The bank tells of the exact sum, as it does over the webhook. */
export async function pay(world: World, dossierId: string): Promise<void> {
  const [intent] = await world.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, dossierId));
  const bank = world.asActor(systemActor('bank'));
  const answer = await receiveBankCallback(bank, await aCallback(bank, intent!));
  if (answer.outcome !== 'settled') throw new Error(`the transfer was ${answer.outcome}`);
}

const met = (key: string) => ({ key, label: key, outcome: 'met' as const });
/** Every criterion that applies to the sample answers, met; the labels are the procedure's when stored. */
export const checklist = [
  'application-complete',
  'registration-valid',
  'certificate-fits',
  'not-double',
  'technical-file',
  'controlled-measures',
].map(met);
export const inspectionChecklist = [
  'premises',
  'display',
  'temperature',
  'records',
  'staff-present',
  'labels',
  'cold-chain',
  'controlled',
].map(met);

export const assess = (world: World, dossierId: string, outcome: 'inspect' | 'reject' = 'inspect') =>
  assessDossier(world.as('officer'), { dossierId, checklist, opinion: 'Hồ sơ hợp lệ.', outcome });

export const plan = (world: World, dossierId: string) =>
  planInspection(world.as('officer'), {
    dossierId,
    // a day ahead, however far a test has moved the clock
    scheduledOn: [localDate(world.clock.at), '2026-12-01'].sort().at(-1)!,
    place: '12 Trần Hưng Đạo, phường Hoàn Kiếm',
    team: [{ userId: world.id('inspector'), role: 'lead' }],
  });

export const visit = (world: World, dossierId: string, outcome: 'pass' | 'correct' | 'fail' = 'pass') =>
  recordInspection(world.as('inspector'), {
    dossierId,
    presentParty: 'Bà Lê Thị Hường',
    checklist: inspectionChecklist,
    findings: outcome === 'correct' ? [{ key: 'finding-1', text: 'Chưa có nhiệt ẩm kế tự ghi.' }] : [],
    conclusion: 'Đã kiểm tra tại cơ sở.',
    outcome,
  });

export const draft = (
  world: World,
  dossierId: string,
  kind: 'certificate' | 'refusal' = 'certificate',
  who: Who = 'officer',
) =>
  draftResult(world.as(who), {
    dossierId,
    kind,
    text: kind === 'refusal' ? 'Diện tích không đủ theo quy định.' : '',
    signerId: world.id('leader'),
  });

/** PIN and the digest of what the signer is shown. */
export async function toSign(world: World, dossierId: string) {
  const result = await findResult(world.db, dossierId);
  const { currentSha256 } = await getDocument(world.db, result!.documentId);
  return { dossierId, pin, sha256: currentSha256 };
}

export const initial = async (world: World, dossierId: string, who: Who = 'head') =>
  initialResult(world.as(who), await toSign(world, dossierId));
export const sign = async (world: World, dossierId: string, who: Who = 'leader') =>
  signResult(world.as(who), await toSign(world, dossierId));
export const issue = (world: World, dossierId: string) => issueResult(world.as('clerk'), { dossierId, pin });

const stages: Record<string, (world: World, dossierId: string, applicant: Who) => Promise<unknown>> = {
  filed: file,
  paid: pay,
  received: async (world: World, dossierId: string) => {
    await receiveDossier(world.as('oneStop'), { dossierId });
    await world.work();
  },
  assessed: (world: World, id: string) => assess(world, id),
  planned: plan,
  inspected: (world: World, id: string) => visit(world, id),
  drafted: (world: World, id: string) => draft(world, id),
  proposed: (world: World, dossierId: string) => proposeResult(world.as('officer'), { dossierId }),
  initialled: (world: World, id: string) => initial(world, id),
  signed: (world: World, id: string) => sign(world, id),
  issued: issue,
  delivered: (world: World) => world.work(),
};
export type Stage =
  | 'filed'
  | 'paid'
  | 'received'
  | 'assessed'
  | 'planned'
  | 'inspected'
  | 'drafted'
  | 'proposed'
  | 'initialled'
  | 'signed'
  | 'issued'
  | 'delivered';

/** Takes a complete draft along the straight path until the step named is done. */
export async function bringTo(world: World, stage: Stage, draftId: string, applicant: Who = 'owner'): Promise<string> {
  for (const [name, take] of Object.entries(stages)) {
    await take(world, draftId, applicant);
    if (name === stage) break;
  }
  return draftId;
}

/** What the dossier says and waits for now. */
export async function standing(world: World, dossierId: string) {
  const dossier = await getDossier(world.db, dossierId);
  const tasks = dossier.instanceId ? await openTasksOf(world.db, dossier.instanceId) : [];
  return { state: dossier.state, waits: tasks.map((task) => task.node) };
}

/** Kinds of entries on the timeline, oldest first. */
export async function timeline(world: World, dossierId: string, visibility?: 'all' | 'office'): Promise<string[]> {
  const rows = await world.db
    .select({ kind: dossierEvents.kind })
    .from(dossierEvents)
    .where(
      and(eq(dossierEvents.dossierId, dossierId), visibility ? eq(dossierEvents.visibility, visibility) : undefined),
    )
    .orderBy(asc(dossierEvents.id));
  return rows.map((row) => row.kind);
}

/** Actions on a dossier that were carried out, as the audit log has them, oldest first. */
export async function audited(world: World, dossierId: string): Promise<string[]> {
  const rows = await world.db
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, dossierId), eq(auditEntries.outcome, 'done')))
    .orderBy(asc(auditEntries.id));
  return rows.map((row) => row.action);
}
