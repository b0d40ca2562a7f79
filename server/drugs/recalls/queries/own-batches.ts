import { inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { facilitiesHeldBy, type HeldFacility } from '#server/facilities/index.ts';
import { type Actor, notFound, query, reader } from '#server/platform/index.ts';
import { drugNames } from '../../find-drug.ts';
import { actsFor, canListOwn } from '../../policy.ts';
import { RecallRef, ReportRef } from '../inputs.ts';
import { reportOf } from '../own-report.ts';
import { type BatchReport, currentReports, findRecall, recallsConcerning, reportsConcerned } from '../records.ts';
import { type RecallView, recallViews } from '../views.ts';
import { type HeldBatch, type Holder, heldBatch, holdersIn } from './recall-holders.ts';

/** A report as its business sees it. */
export interface OwnReport extends HeldBatch {
  facility: { id: string; name: string };
  drug: { id: string; name: string; registrationNumber: string };
  recordedAt: Date;
  /** numbers of recalls that run and are about it */
  recalls: { id: string; number: string }[];
}

export interface OwnBatches {
  facilities: { id: string; name: string; code: string }[];
  reports: OwnReport[];
  /** recalls that run and are about something reported, the nearest deadline first */
  recalls: { recall: RecallView; holders: Holder[] }[];
}

const businessesOf = (actor: Actor): string[] => (actor.kind === 'person' && !actor.official ? actor.memberships : []);

const reportsOf = async (db: Reader, businesses: readonly string[]): Promise<BatchReport[]> =>
  businesses.length === 0 ? [] : currentReports(db, inArray(sql`r.organisation_id`, [...businesses]));

async function ownReports(
  db: Reader,
  reports: readonly BatchReport[],
  facilities: readonly HeldFacility[],
  today: string,
): Promise<OwnReport[]> {
  const names = await drugNames(
    db,
    reports.map(({ drugId }) => drugId),
  );
  const concerning = await recallsConcerning(db, reports, today);
  const facilityOf = new Map(facilities.map((each) => [each.id, each]));
  return reports
    .map((report) => ({
      ...heldBatch(report),
      facility: { id: report.facilityId, name: facilityOf.get(report.facilityId)?.name ?? '' },
      drug: names.get(report.drugId) ?? { id: report.drugId, name: '', registrationNumber: '' },
      recordedAt: report.recordedAt,
      recalls: concerning
        .filter(({ reports: own }) => own.includes(report))
        .map(({ recall }) => ({ id: recall.id, number: recall.number })),
    }))
    .sort((a, b) => b.recordedAt.getTime() - a.recordedAt.getTime());
}

/** What the facilities of one's businesses reported, and the recalls they have to answer. */
export const ownBatches = query({
  input: z.strictObject({}),
  load: async (db, _input, ctx) => {
    const businesses = businessesOf(ctx.actor);
    return { facilities: await facilitiesHeldBy(db, businesses), reports: await reportsOf(db, businesses) };
  },
  allow: (actor) => canListOwn(actor),
  view: async (ctx, { facilities, reports }): Promise<OwnBatches> => {
    const [db, today] = [reader(ctx), localDate(ctx.now())];
    const concerning = await recallsConcerning(db, reports, today);
    const views = await recallViews(
      db,
      concerning.map(({ recall }) => recall),
      today,
    );
    const recalls = [];
    for (const [index, { recall, reports: own }] of concerning.entries())
      recalls.push({ recall: views[index]!, holders: await holdersIn(db, recall, own, today) });
    return {
      facilities: facilities.map(({ id, name, code }) => ({ id, name, code })),
      reports: await ownReports(db, reports, facilities, today),
      recalls,
    };
  },
});

/** One report, to be corrected; for anybody but its business it is not there. */
export const ownReport = query({
  input: ReportRef,
  load: async (db, { reportId }, ctx) => {
    const report = await reportOf(db, reportId);
    return report && actsFor(ctx.actor, report) ? report : notFound();
  },
  allow: (actor) => canListOwn(actor),
  view: async (ctx, report): Promise<OwnReport> => {
    const db = reader(ctx);
    const facilities = await facilitiesHeldBy(db, [report.organisationId]);
    return (await ownReports(db, [report], facilities, localDate(ctx.now())))[0] ?? notFound();
  },
});

/** A recall with one's own facilities that hold what it is about. */
export const ownRecall = query({
  input: RecallRef,
  load: async (db, { id }) => (await findRecall(db, id)) ?? notFound(),
  allow: (actor) => canListOwn(actor),
  view: async (ctx, recall): Promise<{ recall: RecallView; holders: Holder[] }> => {
    const [db, today] = [reader(ctx), localDate(ctx.now())];
    const own = (await reportsConcerned(db, recall)).filter((report) => actsFor(ctx.actor, report));
    const [view] = await recallViews(db, [recall], today);
    return { recall: view ?? notFound(), holders: await holdersIn(db, recall, own, today) };
  },
});
