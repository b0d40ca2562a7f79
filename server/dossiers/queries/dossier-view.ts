import { and, asc, eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dossierEvents, type RequestItem, ratings } from '#db/schema/dossiers.ts';
import { type ClockExplanation, localDate } from '#server/calendar/index.ts';
import { type LicenceStatus, licenceToRenew } from '#server/facilities/index.ts';
import { getOrganisation, peopleById } from '#server/identity/index.ts';
import { intentOf } from '#server/payments/index.ts';
import type { Context } from '#server/platform/index.ts';
import { getVersion, type Text } from '#server/procedures/index.ts';
import { getDocument } from '#server/signatures/index.ts';
import { openTasksOf } from '#server/workflow/index.ts';
import { explainClock } from '../clock.ts';
import { type Attachment, attachmentsOf, readersOf, readMarksOf, unreadOf } from '../correspondence.ts';
import type { Side } from '../message-rules.ts';
import { type PhaseView, phasesOf } from '../phases.ts';
import { type Dossier, findOpenRequest, findResult, lapsedOf, requestsOf } from '../records.ts';
import { type DossierStateName, dossierStates, isState } from '../rules.ts';
import { applicantOf } from '../slip-names.ts';
import { type StepNode, shownOutside } from '../steps.ts';
import type { TimelineKind } from '../timeline.ts';

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
  /** of a message */
  attachments: Attachment[];
  /** of a message: who of the other side has read it, and when */
  readBy: { name: string; at: Date }[];
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
  /** none where it broke off */
  phases: PhaseView[];
  /** what it waits for: who, since when, due when */
  waiting: { node: StepNode; role: string | null; since: Date; dueAt: Date | null; assigneeName: string | null }[];
  clock: ClockExplanation | null;
  timeline: TimelineEntry[];
  payment: Awaited<ReturnType<typeof intentOf>>;
  openRequest: OpenRequestView | null;
  /** the request nobody answered in time, where that ended the dossier */
  lapsed: Pick<OpenRequestView, 'kind' | 'answerDueAt'> | null;
  /** supplements asked for so far */
  supplements: number;
  result: ResultView | null;
  /** messages of the other side this person has not seen */
  unread: number;
  /** the licence it asks to renew, as it stands today; null: it asks for a first one */
  renews: { number: string; status: LicenceStatus } | null;
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

/** Everything both sides see; `internal` adds what only officials may. */
export async function viewOf(ctx: Context, dossier: Dossier, internal: boolean): Promise<DossierView> {
  const db = ctx.db;
  const [version, authority, applicantName, clock, timeline, payment, request, requests, result] = await Promise.all([
    getVersion(db, dossier.procedureVersionId),
    getOrganisation(db, dossier.authorityId!),
    applicantOf(db, dossier),
    explainClock(db, dossier, ctx.now()),
    timelineOf(db, dossier, internal),
    intentOf(ctx, { subjectType: 'dossier', subjectId: dossier.id }),
    findOpenRequest(db, dossier.id),
    requestsOf(db, dossier.id),
    resultView(db, dossier, internal),
  ]);
  const lapsed = lapsedOf(dossier, requests);
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
    lapsed: lapsed && { kind: lapsed.kind, answerDueAt: lapsed.answerDueAt },
    supplements: requests.filter((each) => each.kind === 'supplement').length,
    result,
    unread: (await unreadOf(db, ctx.actor, [dossier.id], internal ? 'office' : 'applicant')).get(dossier.id) ?? 0,
    renews: dossier.renewsLicenceId ? await licenceToRenew(db, dossier.renewsLicenceId, localDate(ctx.now())) : null,
  };
}

async function waitingFor(db: Reader, dossier: Dossier, internal: boolean): Promise<DossierView['waiting']> {
  if (!dossier.instanceId) return [];
  const tasks = await openTasksOf(db, dossier.instanceId);
  const people = await peopleById(
    db,
    tasks.flatMap((task) => task.assigneeId ?? []),
  );
  return tasks.map((task) => ({
    ...(internal ? { node: task.node as StepNode, role: task.role } : shownOutside(task.node as StepNode, task.role)),
    since: task.createdAt,
    dueAt: task.dueAt,
    assigneeName: internal && task.assigneeId ? (people.get(task.assigneeId)?.name ?? null) : null,
  }));
}

export async function timelineOf(db: Reader, dossier: Dossier, internal: boolean): Promise<TimelineEntry[]> {
  const rows = await db
    .select()
    .from(dossierEvents)
    .where(and(eq(dossierEvents.dossierId, dossier.id), internal ? undefined : eq(dossierEvents.visibility, 'all')))
    .orderBy(asc(dossierEvents.id));
  const people = await peopleById(
    db,
    rows.flatMap((row) => row.actorUserId ?? []),
  );
  const messages = rows.filter((row) => row.kind === 'message');
  const attachments = await attachmentsOf(
    db,
    messages.map((row) => row.id),
  );
  const marks = messages.length > 0 ? await readMarksOf(db, dossier.id) : [];
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
      attachments: attachments.get(row.id) ?? [],
      readBy: row.kind === 'message' ? readersOf(marks, { id: row.id, side: row.data.side as Side }) : [],
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
