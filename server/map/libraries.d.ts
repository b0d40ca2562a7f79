declare module 'vt-pbf' {
  import type { Tile } from 'geojson-vt';
  /** Encodes layers of slices; `extent` must be the one they were made with. */
  export function fromGeojsonVt(layers: Record<string, Tile>, options: { version: 2; extent: number }): Uint8Array;
}

declare module 'geojson-vt' {
  export type Tags = Record<string, string | number | boolean>;
  export interface TileFeature {
    /** 1 points, 2 lines, 3 polygons */
    type: 1 | 2 | 3;
    geometry: [number, number][] | [number, number][][];
    tags: Tags;
  }
  export interface Tile {
    features: TileFeature[];
  }
  export interface Options {
    maxZoom?: number;
    indexMaxZoom?: number;
    indexMaxPoints?: number;
    tolerance?: number;
    extent?: number;
    buffer?: number;
  }
  export default class GeoJSONVT {
    constructor(data: unknown, options?: Options);
    getTile(z: number, x: number, y: number): Tile | null;
  }
}
