import type { Reader } from '#db/client.ts';
import type { FieldError } from '#server/platform/index.ts';
import { type Content, changedFields } from '#server/registers/index.ts';
import { compareStatedPlace, findTerritoryUnit, placeAt } from '#server/territory/index.ts';
import { isFarOutside } from './rules.ts';

/**
 * What does not fit in the place of a facility: a code that is no province's, a ward that is none of the province's on that day, or coordinates that lie in another
 * province or ward than stated, or nowhere near the country, as swapped ones and 0, 0 do. Where the outlines cannot tell, nothing is said.
 */
export async function placeFaultsOf(db: Reader, content: Content, today: string): Promise<FieldError[]> {
  const { provinceCode, wardCode, latitude, longitude } = content as {
    provinceCode?: string;
    wardCode?: string | null;
    latitude?: number | null;
    longitude?: number | null;
  };
  if (!provinceCode) return [];
  if ((await findTerritoryUnit(db, 'province', provinceCode, today)) === null)
    return [{ path: 'provinceCode', reason: 'facilities.errors.noProvince' }];
  if (wardCode) {
    const ward = await findTerritoryUnit(db, 'ward', wardCode, today);
    if (ward?.parentCode !== provinceCode) return [{ path: 'wardCode', reason: 'facilities.errors.otherWardCode' }];
  }
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return [];
  if (isFarOutside(latitude, longitude)) return [{ path: 'latitude', reason: 'facilities.errors.outsideVietnam' }];
  const found = placeAt(latitude, longitude);
  const comparison = compareStatedPlace({ provinceCode, wardCode: wardCode ?? null }, found);
  if (comparison === 'otherProvince') {
    const province = await findTerritoryUnit(db, 'province', found.provinceCode!, today);
    const place = province?.fullName ?? found.provinceCode!;
    return [{ path: 'latitude', reason: 'facilities.errors.otherPlace', values: { place } }];
  }
  if (comparison !== 'otherWard') return [];
  const ward = await findTerritoryUnit(db, 'ward', found.wardCode!, today);
  return [
    { path: 'latitude', reason: 'facilities.errors.otherPlace', values: { place: ward?.fullName ?? found.wardCode! } },
  ];
}

const placeFields = ['provinceCode', 'wardCode', 'latitude', 'longitude'];

/** Whether two contents say the same of the place: what is in doubt of it already waits in the queue of places. */
export const saysSamePlace = (content: Content, before: Content): boolean =>
  !changedFields(before, content).some((name) => placeFields.includes(name));
