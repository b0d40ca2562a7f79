import { z } from 'zod';
import { SearchFacilities } from '#server/facilities/inputs.ts';
import { maxZoom } from './rules.ts';

export const tileLayers = ['facilities', 'provinces', 'wards'] as const;
export type TileLayer = (typeof tileLayers)[number];

/** Where one stands is no filter of a tile: an address would tell it to every log on the way. */
export const TileFilter = SearchFacilities.omit({ near: true, radiusKm: true, bbox: true, page: true, pageSize: true });
export type TileFilter = z.output<typeof TileFilter>;

export const TileRef = z
  .strictObject({
    z: z.number().int().min(0).max(maxZoom),
    x: z.number().int().min(0),
    y: z.number().int().min(0),
  })
  .refine(({ z: zoom, x, y }) => x < 2 ** zoom && y < 2 ** zoom, { path: ['x'], message: 'map.errors.outside' });

export const FacilityTile = z.strictObject({ tile: TileRef, filter: TileFilter });
export const BoundaryTile = z.strictObject({ tile: TileRef, layer: z.enum(['provinces', 'wards']) });

export const FindPlace = z.strictObject({ text: z.string().trim().min(1).max(200) });
export const PlaceRef = z.strictObject({ level: z.enum(['province', 'ward']), code: z.string().regex(/^\d{2,5}$/) });

export const measures = ['facilities', 'pharmacies', 'beds', 'equipment'] as const;
export type Measure = (typeof measures)[number];

const Province = z.string().regex(/^\d{2}$/, 'errors.field.format');
/** Without a day: today. With a province: its wards. */
export const Indicators = z.strictObject({
  measure: z.enum(measures).default('facilities'),
  on: z.iso.date().optional(),
  provinceCode: Province.optional(),
  /** of machines: those of this type alone */
  deviceType: z.string().max(300).optional(),
});
export const OutlinePaths = z.strictObject({ provinceCode: Province.optional() });
export const Attribution = z.strictObject({});
