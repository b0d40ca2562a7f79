import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

export interface Drawn {
  latitude: number;
  longitude: number;
  tags: Record<string, string | number | boolean>;
}

/** The points of a layer as a renderer reads them; `path` ends in `z/x/y.mvt…`. */
export function pointsOf(bytes: Uint8Array, layer: string, path: string): Drawn[] {
  const [, z, x, y] = /\/(\d+)\/(\d+)\/(\d+)\.mvt/.exec(path)!.map(Number) as [number, number, number, number];
  const found = new VectorTile(new PbfReader(bytes)).layers[layer];
  if (!found) return [];
  return Array.from({ length: found.length }, (_, index) => {
    const feature = found.feature(index);
    const { geometry } = feature.toGeoJSON(x, y, z);
    if (geometry.type !== 'Point') throw new Error(`${geometry.type} is no point`);
    const [longitude, latitude] = geometry.coordinates as [number, number];
    return { latitude, longitude, tags: feature.properties as Drawn['tags'] };
  });
}
