import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { heldFacilitiesById } from '#server/facilities/index.ts';
import { type Actor, allow, notFound, query, reader } from '#server/platform/index.ts';
import { type Entry, findEntry } from '#server/registers/index.ts';
import { sameDrugs } from '../find-drug.ts';
import { DrugRef } from '../inputs.ts';
import { authoritiesOf } from '../policy.ts';
import { type Recall, recallsOfDrugs } from '../recalls/records.ts';
import { concerns, recallState } from '../recalls/rules.ts';
import { type QualityTest, testsOfEntries } from './records.ts';
import type { ReadLine } from './rules.ts';

/** A sample that was examined, as its certificate says. */
export interface TestView {
  id: string;
  batch: string;
  sampleNumber: string;
  takenOn: string;
  takenAt: string;
  /** where it was taken, if that is a facility of the register */
  facility: { id: string; name: string; code: string } | null;
  laboratory: string;
  method: string;
  standard: string;
  lines: ReadLine[];
  passed: boolean;
  certificateNumber: string;
  certificateOn: string;
  recordedAt: Date;
  /** what it said before it was corrected, the latest first */
  earlier: { passed: boolean; certificateNumber: string; recordedAt: Date }[];
  /** recalls of the drug that are about its batch and are not over */
  recalls: { id: string; number: string }[];
  demo: boolean;
}

/** Officials of the authority that keeps the drug see every sample; everybody sees those that failed. */
const seesAll = (actor: Actor, drug: Entry): boolean =>
  drug.organisationId !== null && authoritiesOf(actor).includes(drug.organisationId);

/** What laboratories found in samples of a drug, the latest first. */
export const testsOfDrug = query({
  input: DrugRef,
  load: async (db, { id }, ctx) => {
    const drug = (await findEntry(db, 'drugs', id)) ?? notFound();
    const entries = (await sameDrugs(db, [drug.id])).map(({ entryId }) => entryId);
    const rows = await testsOfEntries(db, entries);
    const recalls = (await recallsOfDrugs(db, [drug.id])).get(drug.id) ?? [];
    return { rows: seesAll(ctx.actor, drug) ? rows : rows.filter(({ open }) => open), recalls };
  },
  allow: () => allow,
  view: (ctx, { rows, recalls }) => testViews(reader(ctx), rows, recalls, localDate(ctx.now())),
});

async function testViews(
  db: Reader,
  rows: readonly QualityTest[],
  recalls: readonly Recall[],
  today: string,
): Promise<TestView[]> {
  const facilities = await heldFacilitiesById(
    db,
    rows.flatMap(({ facilityId }) => facilityId ?? []),
  );
  // the latest stands first: of a record and its corrections that one holds
  const held = rows.filter((row, index) => rows.findIndex(({ rootId }) => rootId === row.rootId) === index);
  return held.map((row) => {
    const facility = row.facilityId ? facilities.get(row.facilityId) : undefined;
    return {
      id: row.id,
      batch: row.batch,
      sampleNumber: row.sampleNumber,
      takenOn: row.takenOn,
      takenAt: row.takenAt,
      facility: facility ? { id: facility.id, name: facility.name, code: facility.code } : null,
      laboratory: row.laboratory,
      method: row.method,
      standard: row.standard,
      lines: row.lines,
      passed: row.passed,
      certificateNumber: row.certificateNumber,
      certificateOn: row.certificateOn,
      recordedAt: row.recordedAt,
      earlier: rows
        .filter(({ rootId, ordinal }) => rootId === row.rootId && ordinal < row.ordinal)
        .map(({ passed, certificateNumber, recordedAt }) => ({ passed, certificateNumber, recordedAt })),
      recalls: recalls
        .filter((recall) => recallState(recall, today) !== 'ended' && concerns(recall, row.batchKey))
        .map(({ id, number }) => ({ id, number })),
      demo: row.demo,
    };
  });
}
