import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { getOrganisation, healthDepartmentOf, ministry } from '#server/identity/index.ts';
import { type FieldError, query } from '#server/platform/index.ts';
import {
  dropHidden,
  errorsOfPage,
  type FormDefinition,
  feeFor,
  getVersion,
  type JsonObject,
  type ProcedureVersion,
  papersFor,
  patternOf,
  routedProvince,
  type Text,
  titleOf,
  validateAll,
  visiblePages,
} from '#server/procedures/index.ts';
import { findTerritoryUnit } from '#server/territory/index.ts';
import { contentDigest } from '../content-digest.ts';
import { DossierId } from '../inputs.ts';
import { paperFaults } from '../paper-faults.ts';
import { type PlaceNames, placeFaults, placeNamesIn } from '../place-names.ts';
import { canEditDraft } from '../policy.ts';
import { currentPapers, type Dossier, getDossier, type Paper, papersOf } from '../records.ts';

export type PageStatus = 'done' | 'started' | 'todo';

export interface PaperNeed {
  key: string;
  title: Text;
  hint: Text | null;
  required: boolean;
  accepts: readonly string[];
  maxBytes: number;
  maxFiles: number;
  files: Pick<Paper, 'id' | 'fileId' | 'name' | 'size' | 'mediaType' | 'addedAt' | 'scan'>[];
  /** what stands in the way of filing with it */
  faults: FieldError[];
}

/** Everything the task list, the question pages and check-answers of a draft need. */
export interface DraftView {
  id: string;
  procedureKey: string;
  procedureTitle: Text;
  title: string;
  savedAt: Date | null;
  form: FormDefinition;
  answers: JsonObject;
  places: PlaceNames;
  /** pages that are asked for these answers, in order */
  pages: { id: string; title: Text; status: PageStatus; errors: number }[];
  papers: PaperNeed[];
  /** what stands in the way of filing; empty: it can be filed */
  problems: FieldError[];
  fee: { amount: number; lines: { label: Text; amount: number }[] };
  limitDays: number;
  /** null while the place is not known */
  authorityName: string | null;
  organisationName: string | null;
  /** names the answers and papers as they are shown here; filing refuses others */
  contentDigest: string;
}

/** A draft, for whoever may edit it. */
export const getDraft = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canEditDraft,
  view: async (ctx, dossier): Promise<DraftView> => {
    const db = ctx.db;
    const version = await getVersion(db, dossier.procedureVersionId);
    const answers = dropHidden(version.form, dossier.answers as JsonObject);
    const papers = await paperNeeds(db, dossier, version);
    const places = await placeFaults(db, version.form, answers, localDate(ctx.now()));
    const wrong = validateAll(version.form, answers);
    return {
      id: dossier.id,
      procedureKey: version.key,
      procedureTitle: version.title,
      title: titleOf(version, answers),
      savedAt: dossier.savedAt,
      form: version.form,
      answers: dossier.answers as JsonObject,
      places: await placeNamesIn(db, version.form, dossier.answers as JsonObject, localDate(ctx.now())),
      pages: visiblePages(version.form, answers).map((page) => {
        const wrongPlaces = places.filter((fault) => page.fields.includes(patternOf(fault.path)));
        const errors = errorsOfPage(version.form, page.id, wrong).length + wrongPlaces.length;
        const seen = dossier.pagesSeen.includes(page.id);
        return { id: page.id, title: page.title, errors, status: seen ? (errors === 0 ? 'done' : 'started') : 'todo' };
      }),
      papers,
      problems: [...wrong, ...places, ...papers.flatMap((paper) => paper.faults)],
      fee: feeFor(version, answers, ctx.now()),
      limitDays: version.limitDays,
      authorityName: await authorityName(db, version, answers, localDate(ctx.now())),
      organisationName: dossier.organisationId ? (await getOrganisation(db, dossier.organisationId)).name : null,
      contentDigest: await contentDigest(db, dossier),
    };
  },
});

/** The papers these answers ask for, with what has been handed in. */
export async function paperNeeds(db: Reader, dossier: Dossier, version: ProcedureVersion): Promise<PaperNeed[]> {
  const held = currentPapers(await papersOf(db, dossier.id));
  return papersFor(version, dossier.answers as JsonObject).map((paper) => ({
    key: paper.key,
    title: paper.title,
    hint: paper.hint ?? null,
    required: paper.required,
    accepts: paper.accepts,
    maxBytes: paper.maxBytes,
    maxFiles: paper.maxFiles,
    files: held.filter((each) => each.paperKey === paper.key),
    faults: paperFaults([paper], held),
  }));
}

/** Null also for a code that is no province: what was typed wrong must not keep anybody out of their draft. */
async function authorityName(
  db: Reader,
  version: ProcedureVersion,
  answers: JsonObject,
  on: string,
): Promise<string | null> {
  const province = routedProvince(version, answers);
  if (province === undefined) return null;
  if (province === null) return (await ministry(db)).name;
  return (await findTerritoryUnit(db, 'province', province, on)) && (await healthDepartmentOf(db, province)).name;
}
