import { localDate } from '#server/calendar/index.ts';
import { allow, query } from '#server/platform/index.ts';
import { lookUp, mostMatches } from './addresses/look-up.ts';
import { placeAt } from './boundaries/place-at.ts';
import { LookUpPlace, Point, SearchTerritory, UnitsOf, UnitsOn } from './inputs.ts';
import { districtsOf, findTerritoryUnit, provinces, searchTerritory, wardsOf } from './records.ts';

/** The provinces of a day, today when none is named: everybody may know. */
export const listProvinces = query({
  input: UnitsOn,
  load: (db, { on }, ctx) => provinces(db, on ?? localDate(ctx.now())),
  allow: () => allow,
  view: (_ctx, units) => units,
});

/** The districts of a province on a day; none since July 2025. */
export const listDistricts = query({
  input: UnitsOf,
  load: (db, { provinceCode, on }, ctx) => districtsOf(db, provinceCode, on ?? localDate(ctx.now())),
  allow: () => allow,
  view: (_ctx, units) => units,
});

/** The wards of a province on a day; none for a code that is nobody's. */
export const listWards = query({
  input: UnitsOf,
  load: (db, { provinceCode, on }, ctx) => wardsOf(db, provinceCode, on ?? localDate(ctx.now())),
  allow: () => allow,
  view: (_ctx, units) => units,
});

/** Provinces and wards by name, with or without marks. */
export const findPlaces = query({
  input: SearchTerritory,
  load: (db, input, ctx) => searchTerritory(db, input.q, localDate(ctx.now()), input.provinceCode),
  allow: () => allow,
  view: (_ctx, units) => units,
});

/** What an address or a code of any time means on a day: the unit, what became of it, the candidates of a divided one. */
export const lookUpPlace = query({
  input: LookUpPlace,
  load: (db, { text, on }, ctx) => lookUp(db, text, on ?? localDate(ctx.now())),
  allow: () => allow,
  view: (_ctx, matches) => ({ matches: matches.slice(0, mostMatches), more: matches.length > mostMatches }),
});

/** Province and ward at a point, by the boundaries of today. */
export const findPlaceAt = query({
  input: Point,
  load: async (db, { latitude, longitude }, ctx) => {
    const found = placeAt(latitude, longitude);
    const on = localDate(ctx.now());
    return {
      province: found.provinceCode && (await findTerritoryUnit(db, 'province', found.provinceCode, on)),
      ward: found.wardCode && (await findTerritoryUnit(db, 'ward', found.wardCode, on)),
      detail: found.detail,
    };
  },
  allow: () => allow,
  view: (_ctx, place) => place,
});
