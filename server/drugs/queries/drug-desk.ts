import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { notFound, query } from '#server/platform/index.ts';
import { type Entry, findEntry } from '#server/registers/index.ts';
import { DrugRef } from '../inputs.ts';
import { canRecord, canSeeHolders } from '../policy.ts';
import { type DrugView, drugViews } from './drugs.ts';

/** A drug at the desk of officials. */
export interface DrugDesk {
  drug: DrugView;
  /** this person may record prices and quality tests */
  mayRecord: boolean;
  /** the entry it was merged into */
  movedTo: string | null;
}

async function load(db: Reader, id: string, today: string): Promise<{ entry: Entry; drug: DrugView }> {
  const entry = (await findEntry(db, 'drugs', id)) ?? notFound();
  return { entry, drug: (await drugViews(db, [id], today))[0] ?? notFound() };
}

/** One drug for officials who work on registers. */
export const drugDesk = query({
  input: DrugRef,
  load: (db, { id }, ctx) => load(db, id, localDate(ctx.now())),
  allow: (actor) => canSeeHolders(actor),
  view: (ctx, { entry, drug }): DrugDesk => ({
    drug,
    mayRecord: canRecord(ctx.actor, entry).allowed,
    movedTo: entry.mergedInto,
  }),
});

/** The same for who is about to record something of it. */
export const drugToRecord = query({
  input: DrugRef,
  load: (db, { id }, ctx) => load(db, id, localDate(ctx.now())),
  allow: (actor, { entry }) => canRecord(actor, entry),
  view: (_ctx, { drug }): { drug: DrugView } => ({ drug }),
});
