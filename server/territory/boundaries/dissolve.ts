import type { FeatureCollection, MultiPolygon as GeoJsonMultiPolygon } from 'geojson';
import { mergeArcs } from 'topojson-client';
import { topology } from 'topojson-server';
import type { GeometryCollection, MultiPolygon, Polygon } from 'topojson-specification';
import { searchable } from '#server/platform/index.ts';
import type { OlderShape } from './older-shapes.ts';
import { type Outlines, outlinesOf } from './outlines.ts';

/** Measured against the full boundaries: 99 of 100 points of a border between provinces are within 2 km. */
const accuracyKm = 2;

/** Kinds and a former name, which the shapes carry and the list of provinces does not. */
const kinds = /\b(province|city|tinh|thanh pho)\b/g;
const formerNames: Record<string, string> = { thuathienhue: 'hue' };

const key = (name: string): string => {
  const plain = searchable(name).replace(kinds, '').replaceAll(' ', '');
  return formerNames[plain] ?? plain;
};

/**
 * The provinces of today out of the shapes of before: those that became one are put together along their common border,
 * which both sides draw through the same points.
 * @throws when a shape is nobody's or a province has none
 */
export function dissolve(shapes: OlderShape[], before: readonly { name: string; into: string }[]): Outlines {
  const todayOf = new Map(before.map(({ name, into }) => [key(name), into]));
  const before2025: FeatureCollection<GeoJsonMultiPolygon, { into: string }> = {
    type: 'FeatureCollection',
    features: shapes.map(({ name, polygons }) => {
      const into = todayOf.get(key(name));
      if (into === undefined) throw new Error(`The shape "${name}" is no province of before July 2025`);
      return { type: 'Feature', properties: { into }, geometry: { type: 'MultiPolygon', coordinates: polygons } };
    }),
  };
  const drawn = topology({ before2025 });
  const older = (drawn.objects.before2025 as GeometryCollection).geometries;
  const groups = Map.groupBy(older, (shape) => (shape.properties as { into: string }).into);
  for (const code of new Set(todayOf.values())) {
    if (!groups.has(code)) throw new Error(`The province ${code} has no shape`);
  }
  const units = [...groups].sort().map(([code, group]) => ({
    facts: { code, provinceCode: code },
    shape: mergeArcs(drawn, group as (MultiPolygon | Polygon)[]),
  }));
  return outlinesOf(drawn, units, accuracyKm);
}
