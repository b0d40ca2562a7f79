import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { resembling } from './forgiving/resembling.ts';
import { momentFor } from './search.ts';
import {
  all,
  type Criteria,
  filtersOf,
  type Moment,
  registerFor,
  wordsCondition,
  wordsOf,
} from './search-conditions.ts';

/** What the map knows of a facility. */
export interface FacilityPoint {
  id: string;
  kind: string;
  name: string;
  latitude: number;
  longitude: number;
  /** the first day on which it no longer works */
  closedOn: string | null;
}

/** Which database this is, and how often what the map shows has changed in it. */
export async function tileVersion(db: Reader): Promise<{ source: string; version: number }> {
  const [row] = await db.execute<{ source: string; version: string }>(sql`
    select (select oid from pg_database where datname = current_database()) || '-' || extract(epoch from pg_postmaster_start_time())::bigint as source,
      version from tile_versions where layer = 'facilities'`);
  return { source: row!.source, version: Number(row!.version) };
}

/**
 * The facilities that changed after a version, `point` null for those that are gone; with null all there are. Version
 * and rows are of one snapshot.
 */
export async function changedPoints(
  db: Reader,
  since: number | null,
): Promise<{ version: number; points: { id: string; point: FacilityPoint | null }[] }> {
  const changed =
    since === null
      ? sql`select id from facilities where latitude is not null and longitude is not null`
      : sql`select facility_id as id from facility_tile_versions where version > ${since}::bigint offset 0`;
  // a few that changed are looked up one by one, without a look at all the others
  const entry =
    since === null
      ? sql`facilities f on f.id = c.id`
      : sql`lateral (select * from facilities where id = c.id offset 0) f on true`;
  type Row = { id: string | null; kind: string; name: string; lat: number | null; lng: number | null };
  const rows = await db.execute<Row & { version: string; closed_on: string | null; known: boolean }>(sql`
    select t.version, c.id, f.id is not null as known, f.kind, f.name, f.latitude as lat, f.longitude as lng, f.closed_on::text as closed_on
    from tile_versions t left join (${changed}) c on true left join ${entry} where t.layer = 'facilities'`);
  type Entry = { id: string; point: FacilityPoint | null };
  const points = rows.flatMap(({ id, known, kind, name, lat, lng, closed_on }): Entry[] => {
    if (id === null) return [];
    if (!known || lat === null || lng === null) return [{ id, point: null }];
    return [{ id, point: { id, kind, name, latitude: lat, longitude: lng, closedOn: closed_on } }];
  });
  return { version: Number(rows[0]!.version), points };
}

export interface Grid {
  tile: { z: number; x: number; y: number };
  /** cells a side of the tile is divided into */
  cellsAcross: number;
  /** every facility stands for itself */
  single: boolean;
}

export interface Clusters {
  /** `x`, `y`: the middle of those counted, in 0 … 1 of the tile */
  cells: { count: number; x: number; y: number }[];
  pins: { id: string; kind: string; name: string; x: number; y: number }[];
}

/** Nobody can tell more pins of one square apart. */
const mostPins = 3000;

/** What the finder finds, counted in the cells of a square of the map (Web Mercator). */
export async function clusterFacilities(db: Reader, criteria: Criteria, grid: Grid, at: Date): Promise<Clusters> {
  const moment = await momentFor(db, criteria, at);
  const conditions = [...filtersOf(criteria, moment), ...(await wordsOfList(db, criteria, moment))];
  const { z, x, y } = grid.tile;
  const size = 2 ** z;
  const inTile = sql`
    select f.id, f.kind, f.name, (f.longitude / 360 + 0.5) * ${size}::float8 - ${x}::float8 as x,
      (0.5 - ln((1 + sin(radians(f.latitude))) / (1 - sin(radians(f.latitude)))) / (4 * pi())) * ${size}::float8 - ${y}::float8 as y
    ${registerFor(criteria)} where ${all(conditions)} and abs(f.latitude) < 85 and f.longitude is not null`;
  const cell = (column: SQL): SQL => sql`floor(${column} * ${grid.cellsAcross}::int)`;
  const grouped = grid.single ? sql`id` : sql`${cell(sql`x`)}, ${cell(sql`y`)}`;
  const rows = await db.execute<{ count: number; x: number; y: number; id: string; kind: string; name: string }>(sql`
    select count(*)::int as count, avg(x)::float8 as x, avg(y)::float8 as y, min(id::text) as id, min(kind) as kind, min(name) as name
    from (${inTile}) p where x >= 0 and x < 1 and y >= 0 and y < 1 group by ${grouped} order by min(id::text) limit ${mostPins}`);
  return {
    cells: rows.filter(({ count }) => count > 1).map(({ count, x: left, y: top }) => ({ count, x: left, y: top })),
    pins: rows
      .filter(({ count }) => count === 1)
      .map(({ id, kind, name, x: left, y: top }) => ({ id, kind, name, x: left, y: top })),
  };
}

/** The condition by which the list found its entries: the very words, else what resembles them. */
async function wordsOfList(db: Reader, criteria: Criteria, moment: Moment): Promise<SQL[]> {
  const words = wordsOf(criteria.q);
  if (!criteria.q) return [];
  if (words === null) return [sql`false`];
  const exact = wordsCondition(words);
  const [found] = await db.execute(
    sql`select 1 ${registerFor(criteria)} where ${all([...filtersOf(criteria, moment), exact])} limit 1`,
  );
  return [found ? exact : ((await resembling(db, criteria, moment, words))?.condition ?? sql`false`)];
}
