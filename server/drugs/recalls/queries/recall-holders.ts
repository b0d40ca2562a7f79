import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { heldFacilitiesById } from '#server/facilities/index.ts';
import { ministryId } from '#server/identity/index.ts';
import { type Context, notFound, query, reader } from '#server/platform/index.ts';
import { authoritiesOf, canSeeHolders } from '../../policy.ts';
import { RecallRef } from '../inputs.ts';
import { answersTo, type BatchReport, findRecall, type Recall, reportsConcerned } from '../records.ts';

/** One batch that a facility said it holds. */
export interface HeldBatch {
  reportId: string;
  batch: string;
  quantity: number;
  unit: string;
  receivedOn: string;
}

/** A facility that reported what a recall is about, and what it did. */
export interface Holder {
  facility: { id: string; name: string; code: string; provinceCode: string };
  batches: HeldBatch[];
  /** null: it has not answered */
  answer: { quarantined: number; returned: number; note: string | null; at: Date } | null;
  /** the deadline has passed without an answer */
  late: boolean;
}

export const heldBatch = (report: BatchReport): HeldBatch => ({
  reportId: report.id,
  batch: report.batch,
  quantity: report.quantity,
  unit: report.unit,
  receivedOn: report.receivedOn,
});

/** Facilities with what they reported and answered, those without an answer first. */
export async function holdersIn(
  db: Reader,
  recall: Recall,
  reports: readonly BatchReport[],
  today: string,
): Promise<Holder[]> {
  const ids = [...new Set(reports.map(({ facilityId }) => facilityId))];
  const [facilities, answers] = [await heldFacilitiesById(db, ids), await answersTo(db, recall.id)];
  return ids
    .flatMap((id) => {
      const facility = facilities.get(id);
      if (!facility) return [];
      const answer = answers.get(id);
      const { name, code, provinceCode } = facility;
      return [
        {
          facility: { id, name, code, provinceCode },
          batches: reports.filter(({ facilityId }) => facilityId === id).map(heldBatch),
          answer: answer
            ? {
                quarantined: answer.quarantined,
                returned: answer.returned,
                note: answer.note,
                at: answer.recordedAt,
              }
            : null,
          late: !answer && recall.deadline < today,
        },
      ];
    })
    .sort(
      (a, b) =>
        Number(a.answer !== null) - Number(b.answer !== null) || a.facility.name.localeCompare(b.facility.name, 'vi'),
    );
}

/** Twin of the wall's policy: the ministry sees all reports, a health department those of its facilities. */
async function visibleTo(ctx: Context, db: Reader, reports: readonly BatchReport[]): Promise<BatchReport[]> {
  const authorities = authoritiesOf(ctx.actor);
  const ministry = await ministryId(db);
  if (ministry !== null && authorities.includes(ministry)) return [...reports];
  return reports.filter(({ authorityId }) => authorityId !== null && authorities.includes(authorityId));
}

/** Every facility that reported a recalled batch, for officials: who has answered, and who has not. */
export const recallHolders = query({
  input: RecallRef,
  load: async (db, { id }) => (await findRecall(db, id)) ?? notFound(),
  allow: (actor) => canSeeHolders(actor),
  view: async (ctx, recall): Promise<Holder[]> => {
    const db = reader(ctx);
    return holdersIn(db, recall, await visibleTo(ctx, db, await reportsConcerned(db, recall)), localDate(ctx.now()));
  },
});
