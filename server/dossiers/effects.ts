import { and, eq } from 'drizzle-orm';
import { applicantRequests, dossierEvents, dossierResults } from '#db/schema/dossiers.ts';
import { getOrganisation } from '#server/identity/index.ts';
import type { TxContext } from '#server/platform/index.ts';
import type { JsonObject } from '#server/procedures/index.ts';
import { getDocument } from '#server/signatures/index.ts';
import { type EffectInput, registerEffect } from '#server/workflow/index.ts';
import { type ProcedureCode, procedureCode } from '#workflows/index.ts';
import { addClockEvent, hasRunningClock } from './clock.ts';
import { printSlips } from './print-slips.ts';
import { findOpenRequest, findResult, getDossier } from './records.ts';
import { applicantOf } from './slip-names.ts';
import { tellApplicant } from './tell-applicant.ts';
import { addToTimeline } from './timeline.ts';

/** What diagrams may ask of a dossier, by name. Each runs in the worker, perhaps more than once: done is done. */
export function registerDossierEffects(): void {
  registerEffect('dossiers.issue-slip', (ctx, { businessKey }) => printSlips(ctx, businessKey));
  registerEffect('dossiers.notify-lapsed', closeLapsed);
  registerEffect('dossiers.deliver-result', deliverResult);
  for (const { effects } of Object.values(procedureCode)) {
    for (const [name, change] of Object.entries(effects)) {
      registerEffect(name, async (ctx, { businessKey }) => changeRegister(ctx, businessKey, change));
    }
  }
}

/** A procedure changes a register by its issued result. */
async function changeRegister(
  ctx: TxContext,
  dossierId: string,
  change: ProcedureCode['effects'][string],
): Promise<void> {
  const dossier = await getDossier(ctx.tx, dossierId);
  const result = await findResult(ctx.tx, dossierId);
  const document = result && (await getDocument(ctx.tx, result.documentId));
  if (!result || !document?.number || !document.issuedOn) throw new Error(`dossier ${dossierId} has no issued result`);
  const organisation = dossier.organisationId ? await getOrganisation(ctx.tx, dossier.organisationId) : null;
  await change(ctx, {
    dossierId,
    documentId: result.documentId,
    answers: dossier.answers as JsonObject,
    organisationId: dossier.organisationId,
    applicant: { name: await applicantOf(ctx.tx, dossier), taxCode: organisation?.taxCode ?? null },
    authorityId: dossier.authorityId!,
    number: document.number,
    issuedOn: document.issuedOn,
    validTo: result.validTo,
    renewsLicenceId: dossier.renewsLicenceId,
  });
  const [told] = await ctx.tx
    .select({ id: dossierEvents.id })
    .from(dossierEvents)
    .where(
      and(
        eq(dossierEvents.dossierId, dossierId),
        eq(dossierEvents.kind, 'registered'),
        eq(dossierEvents.documentId, result.documentId),
      ),
    );
  if (!told) await addToTimeline(ctx, dossierId, 'registered', { documentId: result.documentId });
}

/** Nobody answered in time: the dossier ends, with a notice. */
async function closeLapsed(ctx: TxContext, { businessKey }: EffectInput): Promise<void> {
  const dossier = await getDossier(ctx.tx, businessKey);
  const request = await findOpenRequest(ctx.tx, dossier.id);
  if (!request) return;
  await ctx.tx.update(applicantRequests).set({ lapsedAt: ctx.now() }).where(eq(applicantRequests.id, request.id));
  if (await hasRunningClock(ctx.tx, dossier.id))
    await addClockEvent(ctx, dossier, { kind: 'finish', reason: 'lapsed' });
  await addToTimeline(ctx, dossier.id, 'supplementLapsed', { data: { answerDueAt: request.answerDueAt } });
  await tellApplicant(ctx, dossier, 'supplement-lapsed', {}, request.id);
}

/** The signed result is the applicant's from now on; the legal clock has done its work. */
async function deliverResult(ctx: TxContext, { businessKey }: EffectInput): Promise<void> {
  const dossier = await getDossier(ctx.tx, businessKey);
  const result = await findResult(ctx.tx, dossier.id);
  if (!result || result.deliveredAt) return;
  await ctx.tx.update(dossierResults).set({ deliveredAt: ctx.now() }).where(eq(dossierResults.id, result.id));
  if (await hasRunningClock(ctx.tx, dossier.id))
    await addClockEvent(ctx, dossier, { kind: 'finish', reason: 'resultIssued' });
  await addToTimeline(ctx, dossier.id, 'resultDelivered', {
    data: { kind: result.kind },
    documentId: result.documentId,
  });
  await tellApplicant(ctx, dossier, 'result-ready', {}, result.id);
}
