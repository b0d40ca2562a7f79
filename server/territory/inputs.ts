import { z } from 'zod';
import { line } from '#server/platform/input.ts';

/** Two digits. */
export const ProvinceCode = z.string().regex(/^\d{2}$/);
/** A day whose units are asked for; left out: today. */
const On = z.iso.date('errors.field.date').optional();
export const UnitsOn = z.strictObject({ on: On });
export const UnitsOf = z.strictObject({ provinceCode: ProvinceCode, on: On });
export const SearchTerritory = z.strictObject({
  q: z.string().trim().min(1).max(100),
  provinceCode: ProvinceCode.optional(),
});
/** An address or a code, as somebody types it. */
export const LookUpPlace = z.strictObject({ text: line(200), on: On });
export const Point = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
