import { inArray } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { inspectionPhotos, type RequestItem } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { sealHindrance } from '#server/facilities/index.ts';
import { peopleById, usersWithRole } from '#server/identity/index.ts';
import { type FileScan, query } from '#server/platform/index.ts';
import {
  type AnswerChange,
  checklistFor,
  diffAnswers,
  type FormDefinition,
  getAt,
  getVersion,
  type JsonObject,
  type ProcedureVersion,
  type Text,
} from '#server/procedures/index.ts';
import { getDocument } from '#server/signatures/index.ts';
import { openTasksOf } from '#server/workflow/index.ts';
import { DossierId } from '../inputs.ts';
import { type PlaceNames, placeNamesIn } from '../place-names.ts';
import { canReadInternal, canTakeStep } from '../policy.ts';
import { assessmentsOf, getDossier, inspectionsOf, papersOf, requestsOf } from '../records.ts';
import type { ItemRef } from '../rules.ts';
import { type StepNode, stepRoles, withStandIn } from '../steps.ts';
import { actsOf, type ProposalView } from './acts.ts';
import { type DossierView, type ResultView, viewOf } from './dossier-view.ts';
import { type PaperNeed, paperNeeds } from './draft.ts';

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
  replacedPapers: {
    paperKey: string;
    name: string;
    mediaType: string;
    fileId: string;
    scan: FileScan;
    replacedByRequestId: string | null;
  }[];
  requests: {
    id: string;
    kind: 'supplement' | 'correction';
    ordinal: number;
    requestedAt: Date;
    answerDueAt: Date;
    answeredAt: Date | null;
    /** nobody answered in time, or the dossier was withdrawn meanwhile */
    lapsedAt: Date | null;
    items: RequestItem[];
    replies: Record<string, string>;
    changes: AnswerChange[];
  }[];
  assessments: Awaited<ReturnType<typeof assessmentsOf>>;
  inspections: (Awaited<ReturnType<typeof inspectionsOf>>[number] & {
    photos: { id: string; fileId: string; caption: string | null }[];
  })[];
  /** the criteria that apply to these answers */
  assessmentChecklist: { key: string; label: Text }[];
  inspectionChecklist: { key: string; label: Text }[];
  /** open steps the actor may do now */
  mySteps: StepNode[];
  /** the absent colleague whose open task the actor may do today */
  onBehalfOf: string | null;
  /** what waits for the leader's word; `mine`: the actor may decide */
  proposals: ProposalView[];
  /** items accepted after an earlier supplement: they are not asked for again */
  acceptedItems: ItemRef[];
  /** whether another supplement needs the leader */
  supplementNeedsLeader: boolean;
  /** working days an extension may have at most, when the actor may propose one now */
  extensionDays: number | null;
  /** whether the actor holds the open task and may give it back */
  holdsTask: boolean;
  /** colleagues the actor may give the open task to */
  colleagues: { id: string; name: string }[];
  /** the actor's last move, while it can be taken back */
  recall: { step: StepNode; until: Date } | null;
  /** what befell the licence that is renewed, so that no certificate may be sealed now */
  sealHindrance: ReturnType<typeof sealHindrance>;
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
    const open = dossier.instanceId ? await openTasksOf(db, dossier.instanceId) : [];
    const tasks = await Promise.all(open.map((task) => withStandIn(ctx, db, dossier, task)));
    return {
      ...view,
      sealHindrance: view.renews && view.result?.kind === 'certificate' ? sealHindrance(view.renews.status) : null,
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
        answerDueAt: request.answerDueAt,
        answeredAt: request.answeredAt,
        lapsedAt: request.lapsedAt,
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
      assessmentChecklist: checklistFor(version.assessmentChecklist, dossier.answers as JsonObject),
      inspectionChecklist: checklistFor(version.inspectionChecklist, dossier.answers as JsonObject),
      inspectors: inspectors.map(({ id, name }) => ({ id, name })),
      leaders: leaders.map(({ id, name }) => ({ id, name })),
      mySteps: tasks
        .map((task) => ({ task, step: task.node as StepNode }))
        .filter(({ task, step }) => stepRoles[step] && canTakeStep(ctx.actor, dossier, stepRoles[step]!, task).allowed)
        .map(({ step }) => step),
      ...(await actsOf(ctx, dossier, version, tasks, { requests, assessments })),
    };
  },
});

async function officeResult(db: Reader, result: ResultView): Promise<OfficeResult> {
  const document = await getDocument(db, result.documentId);
  const people = await peopleById(db, document.draftedBy ? [document.draftedBy] : []);
  return {
    ...result,
    sha256: document.currentSha256,
    returned: document.state === 'returned',
    draftedByName: people.get(document.draftedBy ?? '')?.name ?? '',
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
