import GeoJSONVT, { type Tags, type Tile } from 'geojson-vt';
import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { allow, query } from '#server/platform/index.ts';
import { boundaries, type Outline, provinces, type TerritoryUnit, wardsOf } from '#server/territory/index.ts';
import { type EncodedTile, encodeTile } from './encode.ts';
import { BoundaryTile } from './inputs.ts';
import { extent, maxZoom } from './rules.ts';

type Slices = Record<string, GeoJSONVT>;

interface Level {
  key: string;
  slices: Slices;
  tiles: Map<string, EncodedTile>;
}
const levels = new Map<'provinces' | 'wards', Level>();
const keepAtMost = 3000;

/**
 * Outlines of provinces or wards with their Vietnamese names as points of a layer of their own, since a shape that is
 * cut into tiles would be named in each of them. The two archipelagos are in the tiles of the provinces, whatever the
 * outlines hold.
 */
export const boundaryTile = query({
  input: BoundaryTile,
  load: async (db, { layer, tile: { z, x, y } }, ctx): Promise<EncodedTile> => {
    const level = await levelOf(db, layer, localDate(ctx.now()));
    const name = `${z}/${x}/${y}`;
    const known = level.tiles.get(name);
    if (known) return known;
    const layers: Record<string, Tile> = {};
    for (const [key, slices] of Object.entries(level.slices)) layers[key] = slices.getTile(z, x, y) ?? { features: [] };
    const made = await encodeTile(layers);
    if (level.tiles.size >= keepAtMost) level.tiles.clear();
    level.tiles.set(name, made);
    return made;
  },
  allow: () => allow,
  view: (_ctx, tile) => tile,
});

/** How far beyond its edge a tile knows of names, so that a canvas draws the rest of a word that crosses it. */
const nameReach = 600;

const slice = (features: unknown[], tolerance: number, buffer: number): GeoJSONVT =>
  new GeoJSONVT({ type: 'FeatureCollection', features }, { maxZoom, indexMaxZoom: 5, extent, buffer, tolerance });
const areas = (features: unknown[]): GeoJSONVT => slice(features, 3, 64);
const names = (features: unknown[]): GeoJSONVT => slice(features, 0, nameReach);

async function levelOf(db: Reader, layer: 'provinces' | 'wards', on: string): Promise<Level> {
  const key = `${boundaries().version} ${on}`;
  const known = levels.get(layer);
  if (known?.key === key) return known;
  const units = await provinces(db, on);
  const made: Level = {
    key,
    slices: layer === 'provinces' ? provinceSlices(units) : await wardSlices(db, on, units),
    tiles: new Map(),
  };
  levels.set(layer, made);
  return made;
}

function provinceSlices(units: TerritoryUnit[]): Slices {
  const called = new Map(units.map((unit) => [unit.code, unit.name]));
  const outlines = boundaries()
    .provinces()
    .features()
    .map(({ geometry, properties: { code } }) => area(geometry, { code, name: called.get(code) ?? code }));
  const islands = boundaries().archipelagos.map((each) =>
    point(each.longitude, each.latitude, {
      code: each.code,
      name: each.name,
      province: called.get(each.provinceCode) ?? '',
    }),
  );
  return {
    provinces: areas(outlines),
    'province-names': names(units.flatMap(nameOf)),
    islands: names(islands),
  };
}

async function wardSlices(db: Reader, on: string, units: TerritoryUnit[]): Promise<Slices> {
  const outlines = boundaries().wards('fine')?.features() ?? [];
  const wards: TerritoryUnit[] = [];
  for (const { code } of units) wards.push(...(await wardsOf(db, code, on)));
  return {
    wards: areas(
      outlines.map(({ geometry, properties }) =>
        area(geometry, { code: properties.code, name: properties.name ?? '' }),
      ),
    ),
    'ward-names': names(outlines.length > 0 ? wards.flatMap(nameOf) : []),
  };
}

const area = (geometry: Outline['geometry'], properties: Tags) => ({ type: 'Feature', properties, geometry });
const point = (longitude: number, latitude: number, properties: Tags) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
});
const nameOf = ({ code, name, latitude, longitude }: TerritoryUnit) =>
  latitude === null || longitude === null ? [] : [point(longitude, latitude, { code, name })];
