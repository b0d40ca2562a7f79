import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Tile, TileFeature } from 'geojson-vt';
import { fromGeojsonVt } from 'vt-pbf';
import { entityTag } from '#server/platform/index.ts';
import type { Pin } from './point-store.ts';
import { type Cell, extent, placeOfCount, placeOfPin } from './rules.ts';

const compress = promisify(gzip);

/** A tile as it is sent. */
export interface EncodedTile {
  /** Mapbox Vector Tile, gzipped */
  body: Uint8Array<ArrayBuffer>;
  /** strong, with its quotation marks: of the tile itself, so that a change elsewhere leaves it alone */
  etag: string;
}

export async function encodeTile(layers: Record<string, Tile>): Promise<EncodedTile> {
  const filled = Object.fromEntries(Object.entries(layers).filter(([, { features }]) => features.length > 0));
  const bytes = fromGeojsonVt(filled, { version: 2, extent });
  return { body: new Uint8Array(await compress(bytes)), etag: entityTag(bytes) };
}

/** Counts carry `count`; pins `id`, `kind` and `name`. */
export function pointLayer({ cells, pins }: { cells: Cell[]; pins: Pin[] }): Tile {
  const counts = cells.map(
    (cell): TileFeature => ({ type: 1, geometry: [placeOfCount(cell)], tags: { count: cell.count } }),
  );
  const single = pins.map(
    (pin): TileFeature => ({
      type: 1,
      geometry: [placeOfPin(pin)],
      tags: { id: pin.id, kind: pin.kind, name: pin.name },
    }),
  );
  return { features: [...counts, ...single] };
}
