import { localDate } from '#server/calendar/index.ts';
import { clusterFacilities } from '#server/facilities/index.ts';
import { allow, query } from '#server/platform/index.ts';
import { type EncodedTile, encodeTile, pointLayer } from './encode.ts';
import { FacilityTile } from './inputs.ts';
import { currentPoints } from './point-index.ts';
import { cellsAcross, pinZoom } from './rules.ts';

/** Tiles made of one version on one day; another one begins anew. */
const made = { version: '', tiles: new Map<string, EncodedTile>() };
const keepAtMost = 4000;

/**
 * The public facilities of one square of the map. Without filters but the kind it comes from memory, else from the
 * database by the conditions of the list.
 */
export const facilityTile = query({
  input: FacilityTile,
  load: async (db, { tile, filter }, ctx): Promise<EncodedTile> => {
    const { kind, ...others } = filter;
    if (Object.values(others).some((value) => value !== undefined)) {
      const grid = { tile, cellsAcross, single: tile.z >= pinZoom };
      return encodeTile({ facilities: pointLayer(await clusterFacilities(db, filter, grid, ctx.now())) });
    }
    const today = localDate(ctx.now());
    const { store, version } = await currentPoints(db, today);
    const key = `${tile.z}/${tile.x}/${tile.y}/${kind ?? ''}`;
    if (made.version !== `${version} ${today}` || made.tiles.size >= keepAtMost) {
      made.version = `${version} ${today}`;
      made.tiles.clear();
    }
    const known = made.tiles.get(key);
    if (known) return known;
    const fresh = await encodeTile({ facilities: pointLayer(store.tile(tile, today, kind)) });
    // another request may have seen a later version meanwhile
    if (made.version === `${version} ${today}`) made.tiles.set(key, fresh);
    return fresh;
  },
  allow: () => allow,
  view: (_ctx, tile) => tile,
});
