import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import { type Answers, applicantRequests, dossierPapers, dossiers } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, command, type FieldError, type Person, searchable, type TxContext } from '#server/platform/index.ts';
import {
  dropHidden,
  getAt,
  getVersion,
  type Json,
  type JsonObject,
  papersFor,
  parseField,
  patternOf,
  setAt,
  titleOf,
  validateAll,
} from '#server/procedures/index.ts';
import { rawAnswer } from '../answers.ts';
import { addClockEvent } from '../clock.ts';
import { SaveRequestAnswer, SendRequestAnswer } from '../inputs.ts';
import { placeFaults } from '../place-names.ts';
import { canActAsApplicant } from '../policy.ts';
import { type ApplicantRequest, type Dossier, findOpenRequest, lapsedOf, papersOf, requestsOf } from '../records.ts';
import { openItems } from '../rules.ts';
import { applicantOf } from '../slip-names.ts';
import { completeStep, type DossierAtStep, lockAtStep, openTaskOf } from '../steps.ts';
import { addToTimeline } from '../timeline.ts';

interface RequestSubject extends DossierAtStep {
  request: ApplicantRequest | null;
  /** its time ran out before the answer came */
  lapsed: boolean;
}

async function lockRequest(ctx: TxContext, dossierId: string): Promise<RequestSubject> {
  const at = await lockAtStep(ctx, dossierId, 'answer-supplement', 'correct-findings');
  const lapsed = lapsedOf(at.dossier, await requestsOf(ctx.tx, dossierId)) !== null;
  return { ...at, request: await findOpenRequest(ctx.tx, dossierId), lapsed };
}

/** Asked for only after the reader was authorised: whether there is a request is not a stranger's business. */
function requestOf({ request, lapsed }: RequestSubject): ApplicantRequest {
  if (!request) throw new AppError('invalidState', `dossiers.errors.${lapsed ? 'answerTooLate' : 'noOpenRequest'}`);
  return request;
}

/** The filed answers with the new ones put in. */
export function withDraft(answers: Answers, draft: Answers): JsonObject {
  let merged = answers as JsonObject;
  for (const [path, value] of Object.entries(draft)) merged = setAt(merged, path, value as Json);
  return merged;
}

/** Keeps what the applicant answers; only what was asked can be changed. Officials see it when it is sent. */
export const saveRequestAnswer = command({
  name: 'dossier.saveRequestAnswer',
  input: SaveRequestAnswer,
  load: (ctx, input) => lockRequest(ctx, input.dossierId),
  allow: (actor, at) => canActAsApplicant(actor, at.dossier),
  run: async (ctx, input, at) => {
    const { dossier } = at;
    const request = requestOf(at);
    const { form } = await getVersion(ctx.tx, dossier.procedureVersionId);
    const draft: Answers = { ...request.draft };
    for (const item of request.items.filter((each) => each.kind === 'field')) {
      const field = form.fields[patternOf(item.target)];
      const sent =
        item.target in input.values || `${item.target}.day` in input.values || `${item.target}.shown` in input.values;
      if (field && sent)
        draft[item.target] = parseField(field, rawAnswer(field.control, item.target, input.values)) ?? null;
    }
    const replies = { ...request.replies };
    for (const item of request.items) {
      const reply = input.replies[item.target];
      if (reply !== undefined) replies[item.target] = reply.normalize('NFC').trim();
    }
    await ctx.tx
      .update(applicantRequests)
      .set({ draft, replies, version: sql`${applicantRequests.version} + 1` })
      .where(eq(applicantRequests.id, request.id));
    const errors = input.mode === 'continue' ? await faultsOf(ctx, dossier, { ...request, draft, replies }) : [];
    return { savedAt: ctx.now(), errors };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId }),
});

/** What still stands in the way of sending: items without an answer, and answers that do not hold. */
async function faultsOf(ctx: TxContext, dossier: Dossier, request: ApplicantRequest): Promise<FieldError[]> {
  const version = await getVersion(ctx.tx, dossier.procedureVersionId);
  const { form } = version;
  const pending = (await papersOf(ctx.tx, dossier.id)).filter((paper) => paper.pendingRequestId === request.id);
  const open = openItems(request.items, {
    draft: request.draft,
    replies: request.replies,
    papers: new Set(pending.map((paper) => paper.paperKey)),
  });
  const asked = new Set(request.items.map((item) => item.target));
  const answers = withDraft(dossier.answers, request.draft);
  const wrong = [
    ...validateAll(form, answers),
    ...(await placeFaults(ctx.tx, form, answers, localDate(ctx.now()))),
  ].filter((error) => asked.has(error.path));
  const blocked = pending.filter((paper) => paper.scan === 'quarantined');
  return [
    ...blocked.map((paper) => ({
      path: `papers.${paper.paperKey}`,
      reason: 'uploads.errors.fileQuarantined',
      values: { name: paper.name },
    })),
    ...open.map((item) => {
      const title = papersFor(version, dossier.answers).find((paper) => paper.key === item.target)?.title;
      return item.kind === 'paper' && title
        ? {
            path: `papers.${item.target}`,
            reason: 'dossiers.errors.paperOpen',
            values: { paperVi: title.vi, paperEn: title.en },
          }
        : { path: item.target, reason: 'dossiers.errors.itemOpen' };
    }),
    ...wrong.filter((error) => !open.some((item) => item.target === error.path)),
  ];
}

/** Sends the answer: it replaces what was filed, the clock goes on, and officials see what changed. */
export const sendRequestAnswer = command({
  name: 'dossier.sendRequestAnswer',
  input: SendRequestAnswer,
  load: (ctx, input) => lockRequest(ctx, input.dossierId),
  allow: (actor, at) => canActAsApplicant(actor, at.dossier),
  run: async (ctx, _input, at) => {
    const { dossier } = at;
    const request = requestOf(at);
    openTaskOf(at);
    const fields = await faultsOf(ctx, dossier, request);
    if (fields.length > 0) throw new AppError('invalidInput', 'dossiers.errors.answerIncomplete', { fields });
    const version = await getVersion(ctx.tx, dossier.procedureVersionId);
    const answers = dropHidden(version.form, withDraft(dossier.answers, request.draft));
    const title = titleOf(version, answers);
    await replacePapers(ctx, dossier, request);
    await ctx.tx
      .update(dossiers)
      .set({
        answers,
        title,
        searchText: searchable(`${title} ${dossier.code} ${await applicantOf(ctx.tx, dossier)}`),
        version: sql`${dossiers.version} + 1`,
      })
      .where(eq(dossiers.id, dossier.id));
    await ctx.tx
      .update(applicantRequests)
      .set({
        answeredAt: ctx.now(),
        answeredBy: (ctx.actor as Person).userId,
        answersBefore: dossier.answers,
        answersAfter: answers,
      })
      .where(eq(applicantRequests.id, request.id));
    await addClockEvent(ctx, dossier, {
      kind: 'resume',
      reason: request.kind === 'supplement' ? 'supplemented' : 'corrected',
    });
    await addToTimeline(ctx, dossier.id, request.kind === 'supplement' ? 'supplemented' : 'corrected', {
      data: { requestId: request.id, items: request.items.length },
    });
    await completeStep(ctx, at);
    return { dossierId: dossier.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { request: subject.request?.id, kind: subject.request?.kind },
  }),
});

/** New papers take the place of the filed ones of the same kind, which stay for the diff. */
async function replacePapers(ctx: TxContext, dossier: Dossier, request: ApplicantRequest): Promise<void> {
  const papers = await papersOf(ctx.tx, dossier.id);
  const arriving = new Set(
    papers.filter((paper) => paper.pendingRequestId === request.id).map((paper) => paper.paperKey),
  );
  for (const paperKey of arriving) {
    await ctx.tx
      .update(dossierPapers)
      .set({ replacedAt: ctx.now(), replacedByRequestId: request.id })
      .where(
        and(
          eq(dossierPapers.dossierId, dossier.id),
          eq(dossierPapers.paperKey, paperKey),
          isNull(dossierPapers.replacedAt),
          or(isNull(dossierPapers.pendingRequestId), ne(dossierPapers.pendingRequestId, request.id)),
        ),
      );
  }
  await ctx.tx
    .update(dossierPapers)
    .set({ pendingRequestId: null })
    .where(eq(dossierPapers.pendingRequestId, request.id));
}

/** What is sent for one field, to show again. */
export const draftedAnswer = (request: ApplicantRequest, answers: Answers, path: string): Json | undefined =>
  path in request.draft ? (request.draft[path] as Json) : getAt(answers as JsonObject, path);
