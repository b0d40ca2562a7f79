import { z } from 'zod';
import { Id, line } from '#server/platform/input.ts';

const Day = z.iso.date('registers.errors.date');

export const RecordPrice = z.strictObject({
  drugId: Id,
  /** whole đồng */
  price: z.number('drugs.errors.price').int('drugs.errors.price').min(1, 'drugs.errors.price').max(100_000_000_000),
  /** what it is the price of: viên, lọ, hộp 10 vỉ x 10 viên */
  unit: line(80),
  effectiveFrom: Day,
  declaredBy: line(300),
  announcedOn: Day,
  /** the price that this one corrects: it stays in the history */
  corrects: Id.nullish(),
});
export type RecordPrice = z.input<typeof RecordPrice>;

/** `on`: prices of a day in the world; `known`: the last day whose records count. */
export const PricesAsOf = z.strictObject({ id: Id, on: Day.optional(), known: Day.optional() });
