import { eq } from 'drizzle-orm';
import { dossierResults } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { assertSealable, assertStillRenewable } from '#server/facilities/index.ts';
import { AppError, command, freshAssurance, newId, type Person, type TxContext } from '#server/platform/index.ts';
import { getVersion } from '#server/procedures/index.ts';
import {
  cancelDocument,
  getDocument,
  initialDocument,
  issueDocument,
  prepareDocument,
  returnDocument,
  signDocument,
} from '#server/signatures/index.ts';
import { DossierId, DraftResult, IssueResult, ReturnResult, SignResult } from '../inputs.ts';
import { canActAsApplicant, canReadInternal, canTakeStep, notOwnDraft } from '../policy.ts';
import { assessmentsOf, type Dossier, type DossierResult, inspectionsOf } from '../records.ts';
import { resultData } from '../result-data.ts';
import { lockResult, resultOf } from '../result-step.ts';
import { completeStep, noteOnBehalf, openTaskOf, type StepNode, stepRoles } from '../steps.ts';
import { tellOfficials } from '../tell-officials.ts';
import { addToTimeline } from '../timeline.ts';

/** Who wrote the draft, and the colleague it was written for. */
const draftersOf = (result: DossierResult | null) => [result?.draftedBy, result?.draftedFor];

/** Writes the certificate or the refusal from the procedure's template. Drafting again takes the earlier draft back. */
export const draftResult = command({
  name: 'dossier.draftResult',
  input: DraftResult,
  load: lockResult('draft-result'),
  allow: (actor, at) => canTakeStep(actor, at.dossier, 'officer', at.task),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    if (input.kind === 'refusal' && !input.text.trim()) {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'text', reason: 'dossiers.errors.refusalWithoutReason' }],
      });
    }
    const { dossier } = at;
    if (input.kind === 'certificate') await assertEarned(ctx, dossier);
    if (at.result) await takeBack(ctx, at.result);
    const version = await getVersion(ctx.tx, dossier.procedureVersionId);
    const { documentId } = await prepareDocument(ctx, {
      kind: input.kind,
      organisationId: dossier.authorityId!,
      subjectType: 'dossier',
      subjectId: dossier.id,
      title: version.resultTitles[input.kind].vi,
      numberType: version.resultNumbers[input.kind],
      layout: version.templates[input.kind],
      data: await resultData(ctx, dossier, version, input),
      validTo: input.kind === 'certificate' ? input.validTo : null,
    });
    await ctx.tx.insert(dossierResults).values({
      id: newId(),
      dossierId: dossier.id,
      kind: input.kind,
      documentId,
      draftedBy: (ctx.actor as Person).userId,
      draftedFor: at.task?.standIn ? at.task.assigneeId : null,
      validTo: input.kind === 'certificate' ? input.validTo : null,
      createdAt: ctx.now(),
    });
    await addToTimeline(ctx, dossier.id, 'resultDrafted', {
      visibility: 'office',
      data: { kind: input.kind },
      documentId,
    });
    await noteOnBehalf(ctx, at);
    return { documentId };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { kind: input.kind, document: result.documentId },
  }),
});

/** A certificate says what assessment and inspection found: neither may have ended otherwise. */
async function assertEarned(ctx: TxContext, dossier: Dossier): Promise<void> {
  const { id: dossierId, renewsLicenceId } = dossier;
  if (renewsLicenceId) await assertStillRenewable(ctx.tx, renewsLicenceId, localDate(ctx.now()));
  const assessment = (await assessmentsOf(ctx.tx, dossierId)).filter((each) => !each.recalledAt).at(-1);
  const inspection = (await inspectionsOf(ctx.tx, dossierId)).at(-1);
  if (assessment?.outcome === 'reject' || (inspection && inspection.outcome !== 'pass')) {
    throw new AppError('invalidInput', 'errors.invalidInput', {
      fields: [{ path: 'kind', reason: 'dossiers.errors.certificateNotEarned' }],
    });
  }
}

async function takeBack(ctx: TxContext, result: DossierResult): Promise<void> {
  await cancelDocument(ctx, { documentId: result.documentId, reason: 'redrafted' });
  await ctx.tx.update(dossierResults).set({ withdrawn: true }).where(eq(dossierResults.id, result.id));
}

/** Puts the draft before the unit head. */
export const proposeResult = command({
  name: 'dossier.proposeResult',
  input: DossierId,
  load: lockResult('draft-result'),
  allow: (actor, at) => canTakeStep(actor, at.dossier, 'officer', at.task),
  run: async (ctx, _input, at) => {
    openTaskOf(at);
    const result = resultOf(at);
    // whoever signs could neither sign a draft that was given back nor give it back again
    if ((await getDocument(ctx.tx, result.documentId)).state !== 'draft')
      throw new AppError('invalidState', 'dossiers.errors.resultReturned');
    await addToTimeline(ctx, at.dossier.id, 'resultProposed', {
      visibility: 'office',
      data: { kind: result.kind },
      documentId: result.documentId,
    });
    await completeStep(ctx, at, { result: result.kind });
    return { documentId: result.documentId };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId }),
});

/** The unit head's initial: the first signature. */
export const initialResult = command({
  name: 'dossier.initialResult',
  input: SignResult,
  load: lockResult('initial'),
  allow: (actor, at) =>
    freshAssurance(
      actor,
      notOwnDraft(canTakeStep(actor, at.dossier, 'head', at.task), actor, draftersOf(at.result), at.task),
    ),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const { documentId, kind } = resultOf(at);
    if (kind === 'certificate') await assertEarned(ctx, at.dossier);
    await initialDocument(ctx, { documentId, pin: input.pin, sha256: input.sha256 });
    await addToTimeline(ctx, at.dossier.id, 'resultInitialled', { visibility: 'office', documentId });
    await completeStep(ctx, at, { initialling: 'agree' });
    return { documentId };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { document: subject.result?.documentId, sha256: input.sha256 },
  }),
});

/** The leader's signature over exactly the bytes that were shown. */
export const signResult = command({
  name: 'dossier.signResult',
  input: SignResult,
  load: lockResult('approve'),
  allow: (actor, at) =>
    freshAssurance(
      actor,
      notOwnDraft(canTakeStep(actor, at.dossier, 'leader', at.task), actor, draftersOf(at.result), at.task),
    ),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const { documentId, kind } = resultOf(at);
    if (kind === 'certificate') await assertEarned(ctx, at.dossier);
    await signDocument(ctx, { documentId, pin: input.pin, sha256: input.sha256 });
    await addToTimeline(ctx, at.dossier.id, 'resultSigned', { visibility: 'office', documentId });
    await completeStep(ctx, at, { approval: 'sign' });
    return { documentId };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { document: subject.result?.documentId, sha256: input.sha256 },
  }),
});

/** The head or the leader gives the draft back with comments; it is written anew and signed from the start. */
export const returnResult = command({
  name: 'dossier.returnResult',
  input: ReturnResult,
  load: lockResult('initial', 'approve'),
  allow: (actor, at) =>
    at.task
      ? canTakeStep(actor, at.dossier, stepRoles[at.task.node as StepNode] ?? 'leader', at.task)
      : canReadInternal(actor, at.dossier),
  run: async (ctx, input, at) => {
    const task = openTaskOf(at);
    const { documentId, draftedBy } = resultOf(at);
    await returnDocument(ctx, { documentId, reason: input.comment });
    await addToTimeline(ctx, at.dossier.id, 'resultReturned', {
      visibility: 'office',
      data: { comment: input.comment, by: task.node },
      documentId,
    });
    await completeStep(ctx, at, task.node === 'initial' ? { initialling: 'return' } : { approval: 'return' });
    await tellOfficials(ctx, [draftedBy], 'returned-by-leader', at.dossier, `${task.id}`);
    return { documentId };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { step: subject.task?.node, document: subject.result?.documentId },
  }),
});

/** The clerk gives number and date and sets the organisation's seal: the third signature. */
export const issueResult = command({
  name: 'dossier.issueResult',
  input: IssueResult,
  load: lockResult('issue'),
  allow: (actor, at) => freshAssurance(actor, canTakeStep(actor, at.dossier, 'clerk', at.task)),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const { documentId, kind } = resultOf(at);
    const { renewsLicenceId } = at.dossier;
    if (kind === 'certificate' && renewsLicenceId) await assertSealable(ctx, renewsLicenceId, localDate(ctx.now()));
    const issued = await issueDocument(ctx, { documentId, pin: input.pin });
    await addToTimeline(ctx, at.dossier.id, 'resultIssued', {
      data: { number: issued.number, kind },
      documentId,
    });
    await completeStep(ctx, at);
    return { documentId, number: issued.number };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { number: result.number },
  }),
});

/** The applicant has the result: the last step of the dossier. Collecting twice changes nothing. */
export const collectResult = command({
  name: 'dossier.collectResult',
  input: DossierId,
  load: lockResult('collect'),
  allow: (actor, at) => canActAsApplicant(actor, at.dossier),
  run: async (ctx, _input, at) => {
    const result = resultOf(at);
    if (!result.deliveredAt) throw new AppError('invalidState', 'dossiers.errors.notDelivered');
    if (!at.task) return { documentId: result.documentId };
    await ctx.tx.update(dossierResults).set({ collectedAt: ctx.now() }).where(eq(dossierResults.id, result.id));
    await addToTimeline(ctx, at.dossier.id, 'resultCollected', { documentId: result.documentId });
    await completeStep(ctx, at);
    return { documentId: result.documentId };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId }),
});
