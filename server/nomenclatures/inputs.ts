import { z } from 'zod';
import { nomenclatures } from './rules.ts';

const Code = z.string().trim().min(1).max(20);

export const SearchCodes = z.strictObject({
  system: z.enum(nomenclatures),
  q: z.string().max(200).optional(),
  /** shows what stands right under it; without words and code: the top */
  under: Code.optional(),
  page: z.number().int().min(1).max(10_000).default(1),
  pageSize: z.number().int().min(1).max(200).default(50),
});
export type SearchCodes = z.input<typeof SearchCodes>;

export const NameCodes = z.strictObject({
  system: z.enum(nomenclatures),
  codes: z.array(Code).max(100),
});
