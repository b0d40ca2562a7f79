import type { Feature, MultiPolygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryObject, Topology } from 'topojson-specification';

/** What an outline knows of its unit; names of provinces come from the territory units. */
export interface OutlineFacts {
  code: string;
  /** of a province its own code */
  provinceCode: string;
  name?: string;
  fullName?: string;
}

export type Outline = Feature<MultiPolygon, OutlineFacts>;

/** The outlines of one level, with borders that neighbours share kept once. */
export interface Outlines {
  units: readonly { facts: OutlineFacts; shape: GeometryObject }[];
  topology: Topology;
  /** how far a border may be from where it truly runs, km */
  accuracyKm: number;
  /** the same as GeoJSON: longitude before latitude. Made anew at each call: keep what you make of it, not this */
  features(): Outline[];
}

/** Outlines out of a topology whose shapes are known. */
export function outlinesOf(
  topology: Topology,
  units: { facts: OutlineFacts; shape: GeometryObject }[],
  accuracyKm: number,
): Outlines {
  return {
    units,
    topology,
    accuracyKm,
    features: () =>
      units.map(({ facts, shape }) => {
        const { geometry } = feature(topology, shape) as Feature;
        return {
          type: 'Feature',
          id: facts.code,
          properties: facts,
          geometry: { type: 'MultiPolygon', coordinates: polygonsOf(geometry) },
        };
      }),
  };
}

function polygonsOf(geometry: Feature['geometry']): Position[][][] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates;
  throw new Error(`A boundary is no polygon but ${geometry.type}`);
}
