import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { allow, query, searchable } from '#server/platform/index.ts';
import { findTerritoryUnit, provinces, searchTerritory, type TerritoryUnit, wardsOf } from '#server/territory/index.ts';
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
    return (await unitsOf(db, text, on, all)).slice(0, most).map((unit) => placeOf(unit, all));
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

/** `TP. Hồ Chí Minh` is looked for as `Hồ Chí Minh`. */
const bare = (text: string): string => searchable(text).replace(/^(tp|t|p|x) /, '');

async function unitsOf(db: Reader, text: string, on: string, all: TerritoryUnit[]): Promise<TerritoryUnit[]> {
  const parts = text
    .split(',')
    .map(bare)
    .filter((part) => part !== '');
  const last = parts.at(-1);
  if (last === undefined) return [];
  if (parts.length === 1) {
    const whole = await searchTerritory(db, last, on);
    return whole.length > 0 ? whole : wardBeforeProvince(db, last, on, all);
  }
  const province = all.find((unit) => bare(unit.name) === last || searchable(unit.fullName) === last);
  const rest = province ? parts.slice(0, -1) : parts;
  for (const part of rest.reverse()) {
    const wards = (await searchTerritory(db, part, on, province?.code)).filter(({ level }) => level === 'ward');
    if (wards.length > 0) return wards;
  }
  return province ? [province] : [];
}

/** Without commas the last words may be the province, those before them the ward. */
async function wardBeforeProvince(db: Reader, text: string, on: string, all: TerritoryUnit[]) {
  const province = all.find((unit) => text.endsWith(` ${bare(unit.name)}`));
  if (!province) return [];
  const before = ` ${text.slice(0, -bare(province.name).length).trim()} `;
  const wards = await wardsOf(db, province.code, on);
  const named = wards.filter((ward) => before.includes(` ${searchable(ward.name)} `));
  return named.length > 0 ? named : [province];
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
