import { desc, eq } from 'drizzle-orm';
import { inspectionPhotos, inspections, type TeamMember } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { usersWithRole } from '#server/identity/index.ts';
import { AppError, command, newId, type Person, storeUpload, type TxContext } from '#server/platform/index.ts';
import { getVersion } from '#server/procedures/index.ts';
import { planAnswerNotices } from '../answer-notices.ts';
import { filledIn } from '../checklists.ts';
import { addClockEvent } from '../clock.ts';
import { AddInspectionPhoto, PlanInspection, RecordInspection } from '../inputs.ts';
import { canTakeStep, ofTeam } from '../policy.ts';
import type { Inspection } from '../records.ts';
import { completeStep, type DossierAtStep, lockAtStep, openTaskOf, withStandIn } from '../steps.ts';
import { tellApplicant } from '../tell-applicant.ts';
import { addToTimeline } from '../timeline.ts';
import { answerDate, openRequest } from './supplement.ts';

/** Names the team and the day. The applicant is told. */
export const planInspection = command({
  name: 'dossier.planInspection',
  input: PlanInspection,
  load: (ctx, input) => lockAtStep(ctx, input.dossierId, 'plan-inspection'),
  allow: (actor, at) => canTakeStep(actor, at.dossier, 'officer', at.task),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const { dossier } = at;
    if (input.scheduledOn < localDate(ctx.now()))
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'scheduledOn', reason: 'deadlines.errors.visitInThePast' }],
      });
    const inspectors = await usersWithRole(ctx.tx, 'inspector', dossier.authorityId!);
    const team: TeamMember[] = input.team.map((member) => {
      const person = inspectors.find((each) => each.id === member.userId);
      if (!person)
        throw new AppError('invalidInput', 'dossiers.errors.notAnInspector', {
          fields: [{ path: 'team', reason: 'dossiers.errors.notAnInspector' }],
        });
      return { ...member, name: person.name };
    });
    const round =
      1 +
      (await ctx.tx.select({ id: inspections.id }).from(inspections).where(eq(inspections.dossierId, dossier.id)))
        .length;
    await ctx.tx.insert(inspections).values({
      id: newId(),
      dossierId: dossier.id,
      round,
      team,
      scheduledOn: input.scheduledOn,
      place: input.place,
      plannedBy: (ctx.actor as Person).userId,
    });
    await addToTimeline(ctx, dossier.id, 'inspectionPlanned', {
      data: { on: input.scheduledOn, team: team.map((m) => m.name) },
    });
    await completeStep(ctx, at);
    await tellApplicant(
      ctx,
      dossier,
      'inspection-planned',
      { on: input.scheduledOn.split('-').reverse().join('/') },
      `${dossier.id}:${round}`,
    );
    return { dossierId: dossier.id };
  },
  audit: ({ input }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { on: input.scheduledOn, team: input.team.map((m) => m.userId) },
  }),
});

interface InspectionSubject extends DossierAtStep {
  inspection: Inspection | null;
}

async function lockInspection(ctx: TxContext, dossierId: string): Promise<InspectionSubject> {
  const at = await lockAtStep(ctx, dossierId, 'inspect', 'recheck');
  const [inspection] = await ctx.tx
    .select()
    .from(inspections)
    .where(eq(inspections.dossierId, dossierId))
    .orderBy(desc(inspections.round))
    .limit(1);
  const lead = inspection?.team.find((member) => member.role === 'lead')?.userId;
  // a visit nobody has taken may be recorded by who stands in for its leader
  const led =
    at.task && lead && !at.task.assigneeId
      ? await withStandIn(ctx, ctx.tx, at.dossier, { ...at.task, assigneeId: lead })
      : null;
  return { ...at, task: led?.standIn ? led : at.task, inspection: inspection ?? null };
}

/** The minutes made on the spot: checklist, findings, conclusion. A re-check is a round of its own with the same team. */
export const recordInspection = command({
  name: 'dossier.recordInspection',
  input: RecordInspection,
  load: (ctx, input) => lockInspection(ctx, input.dossierId),
  allow: (actor, at) =>
    ofTeam(canTakeStep(actor, at.dossier, 'inspector', at.task), actor, at.inspection?.team, at.task, 'lead'),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const { dossier } = at;
    const planned = await roundToRecord(ctx, at);
    const version = await getVersion(ctx.tx, dossier.procedureVersionId);
    const checklist = filledIn(version.inspectionChecklist, dossier.answers, input.checklist);
    const { presentParty, findings, conclusion, outcome } = input;
    await ctx.tx
      .update(inspections)
      .set({
        presentParty,
        checklist,
        findings,
        conclusion,
        outcome,
        recordedBy: (ctx.actor as Person).userId,
        recordedAt: ctx.now(),
      })
      .where(eq(inspections.id, planned.id));
    await addToTimeline(ctx, dossier.id, 'inspected', { data: { round: planned.round, outcome, conclusion } });
    if (outcome === 'correct') {
      const answerDueAt = await answerDate(ctx, dossier, version.correctionDays);
      const items = findings.map((finding) => ({ target: finding.key, kind: 'finding' as const, note: finding.text }));
      const { id: requestId } = await openRequest(ctx, dossier, 'correction', items, answerDueAt);
      await addClockEvent(ctx, dossier, { kind: 'stop', reason: 'correction' });
      await addToTimeline(ctx, dossier.id, 'correctionRequested', { data: { answerDueAt, items: items.length } });
      await tellApplicant(ctx, dossier, 'correction-requested', { answerDueAt }, requestId);
      await planAnswerNotices(ctx, dossier, requestId, version.correctionDays);
    }
    await completeStep(ctx, at, { inspection: outcome });
    return { dossierId: dossier.id };
  },
  audit: ({ input }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { outcome: input.outcome, findings: input.findings.length },
  }),
});

/** The round to fill in: the planned one, or after a correction the next one with the same team. */
async function roundToRecord(ctx: TxContext, { inspection }: InspectionSubject): Promise<Inspection> {
  if (!inspection) throw new AppError('invalidState', 'dossiers.errors.noInspectionPlanned');
  if (!inspection.recordedAt) return inspection;
  const [next] = await ctx.tx
    .insert(inspections)
    .values({
      id: newId(),
      dossierId: inspection.dossierId,
      round: inspection.round + 1,
      team: inspection.team,
      scheduledOn: inspection.scheduledOn,
      place: inspection.place,
      plannedBy: inspection.plannedBy,
    })
    .returning();
  return next!;
}

const photoLimits = { accepts: ['image/jpeg', 'image/png'], maxBytes: 12 * 1_048_576 };

/** A photo taken on the spot, kept with the round it belongs to; at most 30 a round. */
export const addInspectionPhoto = command({
  name: 'dossier.addInspectionPhoto',
  input: AddInspectionPhoto,
  load: (ctx, input) => lockInspection(ctx, input.dossierId),
  allow: (actor, at) =>
    ofTeam(canTakeStep(actor, at.dossier, 'inspector', at.task), actor, at.inspection?.team, at.task, 'any'),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const round = await roundToRecord(ctx, at);
    const held = await ctx.tx
      .select({ id: inspectionPhotos.id })
      .from(inspectionPhotos)
      .where(eq(inspectionPhotos.inspectionId, round.id));
    if (held.length >= 30) throw new AppError('limit', 'dossiers.errors.tooManyFiles', { values: { maximum: 30 } });
    const file = await storeUpload(ctx, { name: input.fileName, bytes: input.bytes }, photoLimits);
    const id = newId();
    await ctx.tx.insert(inspectionPhotos).values({
      id,
      inspectionId: round.id,
      fileId: file.id,
      caption: input.caption ?? null,
      addedBy: (ctx.actor as Person).userId,
      addedAt: ctx.now(),
    });
    return { id, fileId: file.id };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { file: result.fileId },
  }),
});
