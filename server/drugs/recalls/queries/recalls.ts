import { localDate } from '#server/calendar/index.ts';
import { allow, notFound, query, reader } from '#server/platform/index.ts';
import { ListRecalls, RecallRef } from '../inputs.ts';
import { findRecall, findRecalls } from '../records.ts';
import { type RecallView, recallViews } from '../views.ts';

export interface RecallList {
  items: RecallView[];
  page: number;
  pageSize: number;
  total: number;
}

/** Every recall, by number, drug or batch: everybody may ask. */
export const listRecalls = query({
  input: ListRecalls,
  load: (db, { q = '', page, pageSize }) => findRecalls(db, { q, page, pageSize }),
  allow: () => allow,
  view: async (ctx, { rows, total }, { page, pageSize }): Promise<RecallList> => ({
    items: await recallViews(reader(ctx), rows, localDate(ctx.now())),
    page,
    pageSize,
    total,
  }),
});

/** One recall as it stands today; throws notFound. Its history is asked of the registers. */
export const getRecall = query({
  input: RecallRef,
  load: async (db, { id }) => (await findRecall(db, id)) ?? notFound(),
  allow: () => allow,
  view: async (ctx, row): Promise<RecallView> =>
    (await recallViews(reader(ctx), [row], localDate(ctx.now())))[0] ?? notFound(),
});
