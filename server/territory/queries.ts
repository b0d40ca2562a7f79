import { localDate } from '#server/calendar/index.ts';
import { allow, query } from '#server/platform/index.ts';
import { Everything, SearchTerritory, WardsOf } from './inputs.ts';
import { provinces, searchTerritory, wardsOf } from './records.ts';

/** The provinces of today: everybody may know. */
export const listProvinces = query({
  input: Everything,
  load: (db, _input, ctx) => provinces(db, localDate(ctx.now())),
  allow: () => allow,
  view: (_ctx, units) => units,
});

/** The wards of a province today; none for a code that is nobody's. */
export const listWards = query({
  input: WardsOf,
  load: (db, input, ctx) => wardsOf(db, input.provinceCode, localDate(ctx.now())),
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
