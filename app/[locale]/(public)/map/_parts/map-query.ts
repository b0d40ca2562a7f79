import { careLevels, facilityServices, insurances, specialities } from '#db/enums/facility-classification.ts';
import type { SearchFacilities } from '#server/facilities/inputs.ts';
import { facilityKinds } from '#server/facilities/rules.ts';

export type Search = Record<string, string | string[] | undefined>;

export const radii = [2, 5, 10, 20, 50, 100, 300] as const;
export const pageSize = 20;

/** A view of the map as it stands in an address. Where the reader stands is never in it. */
export interface MapFilters {
  q: string;
  /** words for a place: ward, province or an address */
  place: string;
  ward: string;
  province: string;
  kind: string;
  service: string;
  speciality: string;
  insurance: string;
  level: string;
  open: boolean;
  radius: number | null;
  page: number;
  /** the facility whose card is open */
  at: string;
  /** list alone, map alone on a narrow screen, or as the screen allows */
  view: '' | 'list' | 'map';
}

export interface Origin {
  latitude: number;
  longitude: number;
}

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';
const oneOf = (value: string, allowed: readonly string[]): string => (allowed.includes(value) ? value : '');

/** Reads an address: what makes no sense in it counts as not given, so that an old link still shows something. */
export function readMapFilters(search: Search): MapFilters {
  const page = Number(one(search.page));
  const radius = Number(one(search.radius));
  const words = (name: string) => one(search[name]).normalize('NFC').trim().slice(0, 200);
  return {
    q: words('q'),
    place: words('place'),
    ward: /^\d{5}$/.test(one(search.ward)) ? one(search.ward) : '',
    province: /^\d{2}$/.test(one(search.province)) ? one(search.province) : '',
    kind: oneOf(one(search.kind), facilityKinds),
    service: oneOf(one(search.service), facilityServices),
    speciality: oneOf(one(search.speciality), specialities),
    insurance: oneOf(one(search.insurance), insurances),
    level: oneOf(one(search.level), careLevels),
    open: one(search.open) === '1',
    radius: (radii as readonly number[]).includes(radius) ? radius : null,
    page: Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
    at: /^[0-9a-f-]{36}$/.test(one(search.at)) ? one(search.at) : '',
    view: oneOf(one(search.view), ['list', 'map']) as MapFilters['view'],
  };
}

/** The address of a view: only what is set stands in it. */
export function mapHref(base: string, filters: Partial<MapFilters>): string {
  const query = new URLSearchParams();
  const { open, page, radius, ...words } = filters;
  for (const [name, value] of Object.entries(words)) if (value) query.set(name, value);
  if (open) query.set('open', '1');
  if (radius) query.set('radius', String(radius));
  if (page && page > 1) query.set('page', String(page));
  const text = query.toString();
  return text === '' ? base : `${base}?${text}`;
}

/** The criteria of a view without the place. */
function offerOf({ q, kind, service, speciality, insurance, level, open }: MapFilters): SearchFacilities {
  return {
    ...(q ? { q } : {}),
    ...(kind ? { kind: kind as NonNullable<SearchFacilities['kind']> } : {}),
    ...(service ? { service } : {}),
    ...(speciality ? { speciality: speciality as NonNullable<SearchFacilities['speciality']> } : {}),
    ...(insurance ? { insurance: insurance as NonNullable<SearchFacilities['insurance']> } : {}),
    ...(level ? { level: level as NonNullable<SearchFacilities['level']> } : {}),
    ...(open ? { openNow: true } : {}),
  };
}

/** The search a view stands for, from a point or within a province. */
export function mapSearch(filters: MapFilters, origin: Origin | null, provinceCode: string | null): SearchFacilities {
  return {
    ...offerOf(filters),
    ...(origin ? { near: { latitude: origin.latitude, longitude: origin.longitude } } : {}),
    ...(origin && filters.radius ? { radiusKm: filters.radius } : {}),
    ...(provinceCode ? { provinceCode } : {}),
    page: filters.page,
    pageSize,
  };
}

/** The same as a query of the tiles. Near a point without a radius everything is shown, so the point is not needed. */
export function tileQuery(filters: MapFilters, provinceCode: string | null): string {
  const { openNow, ...words } = offerOf(filters);
  const query = new URLSearchParams(words as Record<string, string>);
  if (openNow) query.set('openNow', 'true');
  if (provinceCode) query.set('provinceCode', provinceCode);
  return query.toString();
}

/** Whether anything but the place narrows the list. */
export const isNarrowed = (filters: MapFilters): boolean => Object.keys(offerOf(filters)).length > 0;
