import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { allow, query } from '#server/platform/index.ts';
import { findTerritoryUnit, lookUp, provinces, searchTerritory, type TerritoryUnit } from '#server/territory/index.ts';
import { FindPlace, PlaceRef } from './inputs.ts';

/** A unit with the province it lies in: a name alone is that of many. */
export interface Place {
  level: 'province' | 'ward';
  code: string;
  name: string;
  nameEn: string;
  province: { code: string; name: string; nameEn: string } | null;
  latitude: number | null;
  longitude: number | null;
}

const most = 6;

/**
 * The places an address may mean, the likeliest first: `78 Giải Phóng, Kim Liên, Hà Nội`, `kim lien ha noi`, `Đà Nẵng`.
 * Of an address the ward counts, else the province; streets are no list of ours.
 */
export const findPlace = query({
  input: FindPlace,
  load: async (db, { text }, ctx): Promise<Place[]> => {
    const on = localDate(ctx.now());
    const all = await provinces(db, on);
    return (await unitsOf(db, text, on)).slice(0, most).map((unit) => placeOf(unit, all));
  },
  allow: () => allow,
  view: (_ctx, places) => places,
});

/** One place by its code; null: none has it. */
export const getPlace = query({
  input: PlaceRef,
  load: async (db, { level, code }, ctx): Promise<Place | null> => {
    const on = localDate(ctx.now());
    const unit = await findTerritoryUnit(db, level, code, on);
    return unit && placeOf(unit, await provinces(db, on));
  },
  allow: () => allow,
  view: (_ctx, place) => place,
});

/** What the text names, as it is today; of what is no whole name, the units that begin so. */
async function unitsOf(db: Reader, text: string, on: string): Promise<TerritoryUnit[]> {
  const named = (await lookUp(db, text, on)).flatMap(({ unit, fate, becomes }) =>
    fate === 'holds' ? [unit] : becomes.map((next) => next.unit),
  );
  const units = named.length > 0 ? named : await searchTerritory(db, text, on);
  return [...new Map(units.map((unit) => [`${unit.level} ${unit.code}`, unit])).values()];
}

function placeOf(unit: TerritoryUnit, all: TerritoryUnit[]): Place {
  const province = all.find(({ code }) => code === unit.parentCode);
  return {
    // of today: districts ended in June 2025
    level: unit.level === 'province' ? 'province' : 'ward',
    code: unit.code,
    name: unit.fullName,
    nameEn: unit.fullNameEn,
    province: province ? { code: province.code, name: province.name, nameEn: province.nameEn } : null,
    latitude: unit.latitude,
    longitude: unit.longitude,
  };
}
