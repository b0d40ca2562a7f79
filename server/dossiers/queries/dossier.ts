import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dossierEvents, inspectionPhotos, type RequestItem, ratings } from '#db/schema/dossiers.ts';
import { type ClockExplanation, localDate } from '#server/calendar/index.ts';
import { getOrganisation, peopleById, usersWithRole } from '#server/identity/index.ts';
import { intentOf } from '#server/payments/index.ts';
import { type Actor, type Context, query } from '#server/platform/index.ts';
import {
  type AnswerChange,
  diffAnswers,
  type FormDefinition,
  getAt,
  getVersion,
  type Json,
  type JsonObject,
  type ProcedureVersion,
  type Text,
} from '#server/procedures/index.ts';
import { getDocument } from '#server/signatures/index.ts';
import { openTasksOf, progressOf } from '#server/workflow/index.ts';
import { explainClock } from '../clock.ts';
import { withDraft } from '../commands/answer-request.ts';
import { DossierId } from '../inputs.ts';
import { type PlaceNames, placeNamesIn } from '../place-names.ts';
import { canActAsApplicant, canReadDossier, canReadInternal, canTakeStep, isApplicant } from '../policy.ts';
import {
  assessmentsOf,
  type Dossier,
  findOpenRequest,
  findResult,
  getDossier,
  inspectionsOf,
  papersOf,
  requestsOf,
} from '../records.ts';
import { type DossierStateName, dossierStates, isState, openItems } from '../rules.ts';
import { applicantOf } from '../slip-layouts.ts';
import { type StepNode, stepRoles } from '../steps.ts';
import type { TimelineKind } from '../timeline.ts';
import { type PaperNeed, paperNeeds } from './draft.ts';

export interface TimelineEntry {
  id: number;
  at: Date;
  kind: TimelineKind;
  /** `me` to the applicant, a name to officials; null: the system */
  actor: { name: string; applicant: boolean } | null;
  internal: boolean;
  data: Record<string, unknown>;
  file: { id: string } | null;
  documentId: string | null;
}

/** What both sides see of a filed dossier. */
export interface DossierView {
  id: string;
  code: string;
  title: string;
  procedureKey: string;
  procedureTitle: Text;
  state: DossierStateName;
  stateNumber: number;
  applicantName: string;
  authorityName: string;
  filedAt: Date;
  receivedAt: Date | null;
  dueAt: Date | null;
  /** working days by law */
  limitDays: number;
  phases: { phase: string; title: Text; state: 'done' | 'current' | 'upcoming' }[];
  /** what it waits for: who, since when, due when */
  waiting: { node: StepNode; role: string | null; since: Date; dueAt: Date | null; assigneeName: string | null }[];
  clock: ClockExplanation | null;
  timeline: TimelineEntry[];
  payment: Awaited<ReturnType<typeof intentOf>>;
  openRequest: OpenRequestView | null;
  result: ResultView | null;
}

/** What the applicant sees: all but internal entries, and the secret that tracks the dossier. */
export type MyDossierView = DossierView & { trackingSecret: string | null };

export interface OpenRequestView {
  id: string;
  kind: 'supplement' | 'correction';
  items: RequestItem[];
  answerDueAt: Date;
}

export interface ResultView {
  kind: 'certificate' | 'refusal';
  documentId: string;
  number: string | null;
  verifyCode: string;
  fileId: string;
  deliveredAt: Date | null;
  rated: boolean;
}

/** A filed dossier as its applicant sees it: own messages and documents, never internal opinions. */
export const getMyDossier = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canActAsApplicant,
  view: async (ctx, dossier): Promise<MyDossierView> => ({
    ...(await viewOf(ctx, dossier, false)),
    trackingSecret: dossier.trackingSecret,
  }),
});

/** The same with what only officials see. */
/** The result as officials see it, also while it is being made. */
export interface OfficeResult extends ResultView {
  /** hex, of the bytes that stand now */
  sha256: string;
  /** given back: it has to be drafted anew */
  returned: boolean;
  draftedByName: string;
  signatures: { field: string; signerName: string; at: Date }[];
}

export interface OfficeDossierView extends DossierView {
  result: OfficeResult | null;
  /** where the facility is, in words */
  address: string;
  form: FormDefinition;
  answers: JsonObject;
  places: PlaceNames;
  papers: PaperNeed[];
  replacedPapers: { paperKey: string; name: string; fileId: string; replacedByRequestId: string | null }[];
  requests: {
    id: string;
    kind: 'supplement' | 'correction';
    ordinal: number;
    requestedAt: Date;
    answeredAt: Date | null;
    items: RequestItem[];
    replies: Record<string, string>;
    changes: AnswerChange[];
  }[];
  assessments: Awaited<ReturnType<typeof assessmentsOf>>;
  inspections: (Awaited<ReturnType<typeof inspectionsOf>>[number] & {
    photos: { id: string; fileId: string; caption: string | null }[];
  })[];
  assessmentChecklist: ProcedureVersion['assessmentChecklist'];
  inspectionChecklist: ProcedureVersion['inspectionChecklist'];
  /** open steps the actor may do now */
  mySteps: StepNode[];
  inspectors: { id: string; name: string }[];
  leaders: { id: string; name: string }[];
}

export const getOfficeDossier = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canReadInternal,
  view: async (ctx, dossier): Promise<OfficeDossierView> => {
    const db = ctx.db;
    const version = await getVersion(db, dossier.procedureVersionId);
    const [view, papers, all, requests, assessments, inspections] = await Promise.all([
      viewOf(ctx, dossier, true),
      paperNeeds(db, dossier, version),
      papersOf(db, dossier.id),
      requestsOf(db, dossier.id),
      assessmentsOf(db, dossier.id),
      inspectionsOf(db, dossier.id),
    ]);
    const photos =
      inspections.length === 0
        ? []
        : await db
            .select()
            .from(inspectionPhotos)
            .where(
              inArray(
                inspectionPhotos.inspectionId,
                inspections.map((each) => each.id),
              ),
            );
    const places = await placeNamesIn(db, version.form, dossier.answers as JsonObject, localDate(dossier.filedAt!));
    const [inspectors, leaders] = await Promise.all([
      usersWithRole(db, 'inspector', dossier.authorityId!),
      usersWithRole(db, 'leader', dossier.authorityId!),
    ]);
    const tasks = dossier.instanceId ? await openTasksOf(db, dossier.instanceId) : [];
    return {
      ...view,
      result: view.result && (await officeResult(db, view.result)),
      address: addressIn(version, dossier.answers as JsonObject, places),
      form: version.form,
      answers: dossier.answers as JsonObject,
      places,
      papers,
      replacedPapers: all.filter((paper) => paper.replacedAt),
      requests: requests.map((request) => ({
        id: request.id,
        kind: request.kind,
        ordinal: request.ordinal,
        requestedAt: request.requestedAt,
        answeredAt: request.answeredAt,
        items: request.items,
        replies: request.answeredAt ? request.replies : {},
        changes:
          request.answersBefore && request.answersAfter
            ? diffAnswers(request.answersBefore as JsonObject, request.answersAfter as JsonObject)
            : [],
      })),
      assessments,
      inspections: inspections.map((each) => ({
        ...each,
        photos: photos.filter((photo) => photo.inspectionId === each.id),
      })),
      assessmentChecklist: version.assessmentChecklist,
      inspectionChecklist: version.inspectionChecklist,
      inspectors: inspectors.map(({ id, name }) => ({ id, name })),
      leaders: leaders.map(({ id, name }) => ({ id, name })),
      mySteps: tasks
        .map((task) => ({ task, step: task.node as StepNode }))
        .filter(({ task, step }) => stepRoles[step] && canTakeStep(ctx.actor, dossier, stepRoles[step]!, task).allowed)
        .map(({ step }) => step),
    };
  },
});

async function viewOf(ctx: Context, dossier: Dossier, internal: boolean): Promise<DossierView> {
  const db = ctx.db;
  const [version, authority, applicantName, clock, timeline, payment, request, result] = await Promise.all([
    getVersion(db, dossier.procedureVersionId),
    getOrganisation(db, dossier.authorityId!),
    applicantOf(db, dossier),
    explainClock(db, dossier, ctx.now()),
    timelineOf(db, dossier, internal),
    intentOf(ctx, { subjectType: 'dossier', subjectId: dossier.id }),
    findOpenRequest(db, dossier.id),
    resultView(db, dossier, internal),
  ]);
  return {
    id: dossier.id,
    code: dossier.code!,
    title: dossier.title ?? '',
    procedureKey: dossier.procedureKey,
    procedureTitle: version.title,
    state: dossierStates[isState(dossier.state) ? dossier.state : 0],
    stateNumber: dossier.state,
    applicantName,
    authorityName: authority.name,
    filedAt: dossier.filedAt!,
    receivedAt: dossier.receivedAt,
    dueAt: dossier.dueAt,
    limitDays: version.limitDays,
    phases: await phasesOf(db, dossier, version),
    waiting: await waitingFor(db, dossier, internal),
    clock,
    timeline,
    payment,
    openRequest: request && {
      id: request.id,
      kind: request.kind,
      items: request.items,
      answerDueAt: request.answerDueAt,
    },
    result,
  };
}

async function phasesOf(db: Reader, dossier: Dossier, version: ProcedureVersion): Promise<DossierView['phases']> {
  if (!dossier.instanceId) return [];
  const progress = await progressOf(db, dossier.instanceId);
  return progress.map((each) => ({
    ...each,
    title: version.phases.find((phase) => phase.key === each.phase)?.title ?? { vi: each.phase, en: each.phase },
  }));
}

async function waitingFor(db: Reader, dossier: Dossier, internal: boolean): Promise<DossierView['waiting']> {
  if (!dossier.instanceId) return [];
  const tasks = await openTasksOf(db, dossier.instanceId);
  const people = await peopleById(
    db,
    tasks.flatMap((task) => task.assigneeId ?? []),
  );
  return tasks.map((task) => ({
    node: task.node as StepNode,
    role: task.role,
    since: task.createdAt,
    dueAt: task.dueAt,
    assigneeName: internal && task.assigneeId ? (people.get(task.assigneeId)?.name ?? null) : null,
  }));
}

async function timelineOf(db: Reader, dossier: Dossier, internal: boolean): Promise<TimelineEntry[]> {
  const rows = await db
    .select()
    .from(dossierEvents)
    .where(and(eq(dossierEvents.dossierId, dossier.id), internal ? undefined : eq(dossierEvents.visibility, 'all')))
    .orderBy(asc(dossierEvents.id));
  const people = await peopleById(
    db,
    rows.flatMap((row) => row.actorUserId ?? []),
  );
  return rows.reverse().map((row) => {
    const person = row.actorUserId ? people.get(row.actorUserId) : undefined;
    return {
      id: row.id,
      at: row.at,
      kind: row.kind as TimelineKind,
      actor: person ? { name: person.name, applicant: !person.official } : null,
      internal: row.visibility === 'office',
      data: row.data,
      file: row.fileId ? { id: row.fileId } : null,
      documentId: row.documentId,
    };
  });
}

/** Officials see the draft in the making; the applicant sees the result once it has been delivered. */
async function resultView(db: Reader, dossier: Dossier, internal: boolean): Promise<ResultView | null> {
  const result = await findResult(db, dossier.id);
  if (!result || (!internal && !result.deliveredAt)) return null;
  const document = await getDocument(db, result.documentId);
  const [rating] = await db.select({ id: ratings.dossierId }).from(ratings).where(eq(ratings.dossierId, dossier.id));
  return {
    kind: result.kind,
    documentId: result.documentId,
    number: document.number,
    verifyCode: document.verifyCode,
    fileId: document.currentFileId,
    deliveredAt: result.deliveredAt,
    rated: rating !== undefined,
  };
}

async function officeResult(db: Reader, result: ResultView): Promise<OfficeResult> {
  const document = await getDocument(db, result.documentId);
  const people = await peopleById(db, [document.draftedBy]);
  return {
    ...result,
    sha256: document.currentSha256,
    returned: document.state === 'returned',
    draftedByName: people.get(document.draftedBy)?.name ?? '',
    signatures: document.signatures.map(({ field, signerName, at }) => ({ field, signerName, at })),
  };
}

/** Street, ward and province of the first address the form asks for. */
function addressIn(version: ProcedureVersion, answers: JsonObject, places: PlaceNames): string {
  const province = Object.keys(version.form.fields).find((path) => version.form.fields[path]?.control === 'province');
  if (!province) return '';
  const group = province.slice(0, province.lastIndexOf('.') + 1);
  return Object.keys(version.form.fields)
    .filter((path) => path.startsWith(group))
    .sort((a, b) => placeRank(version, a) - placeRank(version, b))
    .map((path) => {
      const value = getAt(answers, path);
      const control = version.form.fields[path]!.control;
      return typeof value === 'string' ? (places[`${control}:${value}`] ?? value) : '';
    })
    .filter(Boolean)
    .join(', ');
}

const placeRank = (version: ProcedureVersion, path: string): number =>
  ({ province: 2, ward: 1 })[version.form.fields[path]!.control as 'ward'] ?? 0;

/** The open request with what has been answered so far, for the applicant. */
export const getOpenRequest = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canActAsApplicant,
  view: async (ctx, dossier) => {
    const request = await findOpenRequest(ctx.db, dossier.id);
    if (!request) return null;
    const version = await getVersion(ctx.db, dossier.procedureVersionId);
    const papers = await papersOf(ctx.db, dossier.id);
    const pending = papers.filter((paper) => paper.pendingRequestId === request.id);
    const needs = await paperNeeds(ctx.db, dossier, version);
    return {
      id: request.id,
      kind: request.kind,
      items: request.items,
      replies: request.replies,
      answerDueAt: request.answerDueAt,
      form: version.form,
      answers: withDraft(dossier.answers, request.draft),
      filedAnswers: dossier.answers as JsonObject,
      drafted: request.draft as Record<string, Json>,
      /** for each paper asked: what was filed and what has been handed in now */
      papers: needs.map((need) => ({ ...need, pending: pending.filter((paper) => paper.paperKey === need.key) })),
      open: openItems(request.items, {
        draft: request.draft,
        replies: request.replies,
        papers: new Set(pending.map((paper) => paper.paperKey)),
      }),
    };
  },
});

/** Whether a dossier of the applicant's is still a draft: pages ask before they ask for either view. */
export const getKind = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canReadDossier,
  view: (_ctx, dossier) => ({ draft: dossier.state === 0 }),
});

/** The clock, interval by interval, for filer and officer alike. */
export const getClock = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canReadDossier,
  view: async (ctx, dossier) => ({
    id: dossier.id,
    code: dossier.code,
    title: dossier.title,
    applicant: isApplicant(ctx.actor as Actor, dossier),
    clock: await explainClock(ctx.db, dossier, ctx.now()),
  }),
});
