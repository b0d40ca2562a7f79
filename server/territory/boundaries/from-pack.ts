import { readFileSync } from 'node:fs';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';
import { type Outlines, outlinesOf } from './outlines.ts';

/** The files of a data pack: 34 provinces, 3,321 wards for maps of the whole country and for single places. */
export const packFiles = {
  provinces: { name: 'vn_provinces_34_300m.topojson', accuracyKm: 0.5 },
  coarseWards: { name: 'vn_wards_3321_150m.topojson', accuracyKm: 0.3 },
  fineWards: { name: 'vn_wards_3321_40m.topojson', accuracyKm: 0.1 },
} as const;

interface PackProperties {
  /** wards only */
  code?: string;
  name?: string;
  fullName?: string;
  /** code of the province */
  pc?: string;
}

/** The outlines in a file of the data pack. @throws when it holds something else */
export function outlinesFromPack(path: string, accuracyKm: number): Outlines {
  const topology = JSON.parse(readFileSync(path, 'utf8')) as Topology<
    Record<string, GeometryCollection<PackProperties>>
  >;
  const shapes = Object.values(topology.objects).flatMap((object) => object.geometries);
  const units = shapes.map((shape: GeometryObject<PackProperties>) => {
    const { code, name, fullName, pc }: PackProperties = shape.properties ?? {};
    if (pc === undefined) throw new Error(`${path}: a shape has no province (pc)`);
    const facts = code === undefined ? { code: pc, provinceCode: pc } : { code, provinceCode: pc, name, fullName };
    return { facts, shape };
  });
  return outlinesOf(topology, units, accuracyKm);
}
