import type { Reader } from '#db/client.ts';
import { isOneOf } from '#db/is-one-of.ts';
import { drugs, type Ingredient } from '#db/schema/drugs.ts';
import { localDate } from '#server/calendar/index.ts';
import { allow, notFound, query, reader } from '#server/platform/index.ts';
import { DrugRef, SearchDrugs } from '../inputs.ts';
import { type PriceView, priceView } from '../prices/price-history.ts';
import { pricesOfDrugs } from '../prices/records.ts';
import { pricesOn } from '../prices/rules.ts';
import { recallsOfDrugs } from '../recalls/records.ts';
import { type DrugRecall, drugRecall } from '../recalls/views.ts';
import { type DrugStatus, drugStatus, type prescriptionClasses } from '../rules.ts';
import { findDrugs } from '../search.ts';

/** A drug as anyone may see it in a list. */
export interface DrugView {
  id: string;
  registrationNumber: string;
  name: string;
  ingredients: Ingredient[];
  dosageForm: string | null;
  manufacturer: string | null;
  country: string | null;
  registrant: string | null;
  prescription: (typeof prescriptionClasses)[number];
  status: DrugStatus;
  issuedOn: string | null;
  validTo: string | null;
  withdrawnOn: string | null;
  demo: boolean;
  /** of any batch, the latest first, also those that are over */
  recalls: DrugRecall[];
  /** declared prices of today, one a unit */
  prices: PriceView[];
}

export interface DrugList {
  items: DrugView[];
  page: number;
  pageSize: number;
  total: number;
}

/** The public register: everybody may search it. `total` counts all that match, `items` is one page of them, in order. */
export const searchDrugs = query({
  input: SearchDrugs,
  load: (db, { page, pageSize, ...criteria }, ctx) => findDrugs(db, criteria, { page, pageSize }, localDate(ctx.now())),
  allow: () => allow,
  view: async (ctx, { ids, total }, { page, pageSize }): Promise<DrugList> => ({
    items: await drugViews(reader(ctx), ids, localDate(ctx.now())),
    page,
    pageSize,
    total,
  }),
});

/** One drug as it stands today; throws notFound. Its history is asked of the registers. */
export const getDrug = query({
  input: DrugRef,
  load: async (db, { id }, ctx) => (await drugViews(db, [id], localDate(ctx.now())))[0] ?? notFound(),
  allow: () => allow,
  view: (_ctx, drug): DrugView => drug,
});

/** Drugs as they stand today, in the order of their ids. */
export async function drugViews(db: Reader, ids: readonly string[], today: string): Promise<DrugView[]> {
  if (ids.length === 0) return [];
  // one statement for any number of them, and all asked at once: a connection answers them one behind the other
  const [rows, recalls, prices] = await Promise.all([
    db.select().from(drugs).where(isOneOf(drugs.id, ids)),
    recallsOfDrugs(db, ids),
    pricesOfDrugs(db, ids),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { searchName: _name, searchText: _text, closedOn: _closed, ...shown } = row;
    return [
      {
        ...shown,
        prescription: row.prescription as DrugView['prescription'],
        status: drugStatus(row, today),
        recalls: (recalls.get(id) ?? []).map((recall) => drugRecall(recall, today)),
        prices: pricesOn(prices.get(id) ?? [], today).map(priceView),
      },
    ];
  });
}
