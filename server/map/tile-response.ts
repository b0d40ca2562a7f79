import { gunzipSync } from 'node:zlib';
import { AppError, type Context, notModified, parseInput } from '#server/platform/index.ts';
import { boundaryTile } from './boundary-tile.ts';
import type { EncodedTile } from './encode.ts';
import { facilityTile } from './facility-tile.ts';
import { TileFilter, type TileLayer, tileLayers } from './inputs.ts';

export interface TilePath {
  layer: string;
  z: string;
  x: string;
  /** with its ending: `5.mvt` */
  y: string;
}

const whole = /^(0|[1-9]\d{0,5})$/;

/**
 * `GET /api/tiles/{layer}/{z}/{x}/{y}.mvt`: always asked for anew (`no-cache`), mostly answered 304.
 * @throws AppError notFound for a layer that is none, invalidInput for a square that is none or a filter nobody knows
 */
export async function tileResponse(ctx: Context, request: Request, path: TilePath): Promise<Response> {
  if (!(tileLayers as readonly string[]).includes(path.layer)) throw new AppError('notFound', 'map.errors.layer');
  const tile = addressOf(path);
  const encoded = await tileOf(ctx, path.layer as TileLayer, tile, new URL(request.url).searchParams);
  // who moved or closed is to be seen at once; borders are another matter
  const cache = path.layer === 'facilities' ? 'public, no-cache' : 'public, max-age=3600';
  const headers = { etag: encoded.etag, 'cache-control': cache, vary: 'accept-encoding' };
  const unchanged = notModified(request, headers);
  if (unchanged) return unchanged;
  const type = { 'content-type': 'application/vnd.mapbox-vector-tile' };
  // the server in front puts `content-encoding` there; without it the tile goes as it is
  if (request.headers.get('x-packed') === 'gzip')
    return new Response(encoded.body, { headers: { ...headers, ...type, 'x-packed': 'gzip' } });
  return new Response(new Uint8Array(gunzipSync(encoded.body)), { headers: { ...headers, ...type } });
}

async function tileOf(ctx: Context, layer: TileLayer, tile: ReturnType<typeof addressOf>, search: URLSearchParams) {
  if (layer !== 'facilities') return boundaryTile(ctx, { layer, tile });
  const { openNow, ...words } = Object.fromEntries(search);
  const filter = parseInput(TileFilter, {
    ...words,
    ...(openNow === undefined ? {} : { openNow: openNow === 'true' }),
  });
  return facilityTile(ctx, { tile, filter }) satisfies Promise<EncodedTile>;
}

function addressOf({ z, x, y }: TilePath) {
  const row = /^(\d+)\.mvt$/.exec(y)?.[1];
  if (!whole.test(z) || !whole.test(x) || row === undefined || !whole.test(row))
    throw new AppError('invalidInput', 'map.errors.coordinates');
  return { z: Number(z), x: Number(x), y: Number(row) };
}
