import { endOfDate, localDate } from '#server/calendar/index.ts';
import { allow, notFound, query } from '#server/platform/index.ts';
import { findEntry } from '#server/registers/index.ts';
import { PricesAsOf } from './inputs.ts';
import { type DeclaredPrice, pricesOfDrugs } from './records.ts';
import { heldPrices, pricesOn } from './rules.ts';

/** A declared price as anybody may see it. */
export interface PriceView {
  id: string;
  /** whole đồng */
  price: number;
  unit: string;
  effectiveFrom: string;
  declaredBy: string;
  announcedOn: string;
  recordedAt: Date;
  demo: boolean;
}

export interface PriceHistory {
  on: string;
  known: string | null;
  /** of each unit, on that day by what was known then */
  inForce: PriceView[];
  /** every row, the latest day first; `replaced`: a correction took its place, `corrects`: it is one */
  history: (PriceView & { replaced: boolean; corrects: boolean })[];
}

export const priceView = (row: DeclaredPrice): PriceView => ({
  id: row.id,
  price: row.price,
  unit: row.unit,
  effectiveFrom: row.effectiveFrom,
  declaredBy: row.declaredBy,
  announcedOn: row.announcedOn,
  recordedAt: row.recordedAt,
  demo: row.demo,
});

/** The declared prices of a drug as of any day, with every row that was ever recorded. Everybody may ask. */
export const priceHistory = query({
  input: PricesAsOf,
  load: async (db, { id }) => {
    const drug = (await findEntry(db, 'drugs', id)) ?? notFound();
    return (await pricesOfDrugs(db, [drug.id])).get(drug.id) ?? [];
  },
  allow: () => allow,
  view: (ctx, rows, { on = localDate(ctx.now()), known }): PriceHistory => {
    const held = new Set(heldPrices(rows));
    return {
      on,
      known: known ?? null,
      inForce: pricesOn(rows, on, known ? endOfDate(known) : undefined).map(priceView),
      history: [...rows]
        .sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom) || b.ordinal - a.ordinal)
        .map((row) => ({ ...priceView(row), replaced: !held.has(row), corrects: row.rootId !== row.id })),
    };
  },
});
