import { z } from 'zod';
import { gtin14 } from '#server/platform/gs1.ts';
import { Id, line } from '#server/platform/input.ts';
import { drugStatuses, prescriptionClasses } from './rules.ts';

const Day = z.iso.date('registers.errors.date');

/** What the register says of a drug. */
export const DrugContent = z.strictObject({
  registrationNumber: line(40),
  formerNumbers: z.array(line(40)).max(20).default([]),
  name: line(250),
  ingredients: z
    .array(
      z.strictObject({
        name: line(300),
        strength: line(100).optional(),
        atc: z
          .string()
          .regex(/^[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?$/, 'drugs.errors.atc')
          .optional(),
      }),
    )
    .min(1)
    .max(60),
  dosageForm: line(200).nullish(),
  packing: line(1000).nullish(),
  shelfLife: line(100).nullish(),
  standard: line(100).nullish(),
  manufacturer: line(300).nullish(),
  country: line(100).nullish(),
  registrant: line(300).nullish(),
  prescription: z.enum(prescriptionClasses),
  gtins: z
    .array(z.string().refine((text) => gtin14(text) !== null, 'drugs.errors.gtin'))
    .max(50)
    .default([]),
  issuedOn: Day.nullish(),
  /** last day on which it may circulate */
  validTo: Day.nullish(),
  /** from this day on it may not, whatever its dates */
  withdrawnOn: Day.nullish(),
  withdrawalDecision: line(60).nullish(),
});
export type DrugContent = z.output<typeof DrugContent>;

export const SearchDrugs = z.strictObject({
  q: z.string().max(200).optional(),
  status: z.enum(drugStatuses).optional(),
  prescription: z.enum(prescriptionClasses).optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});
export type SearchDrugs = z.input<typeof SearchDrugs>;
export const DrugRef = z.strictObject({ id: Id });
