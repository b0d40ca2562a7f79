import { z } from 'zod';

/** Two digits. */
export const ProvinceCode = z.string().regex(/^\d{2}$/);
export const Everything = z.strictObject({});
export const WardsOf = z.strictObject({ provinceCode: ProvinceCode });
export type WardsOf = z.output<typeof WardsOf>;
export const SearchTerritory = z.strictObject({
  q: z.string().trim().min(1).max(100),
  provinceCode: ProvinceCode.optional(),
});
export type SearchTerritory = z.output<typeof SearchTerritory>;
