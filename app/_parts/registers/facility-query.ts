import type { SearchFacilities } from '#server/facilities/inputs.ts';
import { facilityKinds, licenceStatuses } from '#server/facilities/rules.ts';

export type Search = Record<string, string | string[] | undefined>;

/** The filters of the register as they stand in an address. */
export interface FacilityFilters {
  q: string;
  province: string;
  kind: string;
  status: string;
  open: boolean;
  page: number;
}

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';
const oneOf = (value: string, allowed: readonly string[]): string => (allowed.includes(value) ? value : '');

/** Reads an address: what makes no sense in it counts as not given, so that an old link still shows a list. */
export function readFilters(search: Search): FacilityFilters {
  const page = Number(one(search.page));
  return {
    q: one(search.q).normalize('NFC').trim().slice(0, 200),
    province: /^\d{2}$/.test(one(search.province)) ? one(search.province) : '',
    kind: oneOf(one(search.kind), facilityKinds),
    status: oneOf(one(search.status), [...licenceStatuses, 'none']),
    open: one(search.open) === '1',
    page: Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  };
}

/** The search these filters stand for. */
export function searchOf(filters: FacilityFilters, pageSize: number): SearchFacilities {
  return {
    ...(filters.q ? { q: filters.q } : {}),
    ...(filters.province ? { provinceCode: filters.province } : {}),
    ...(filters.kind ? { kind: filters.kind as (typeof facilityKinds)[number] } : {}),
    ...(filters.status ? { status: filters.status as (typeof licenceStatuses)[number] } : {}),
    ...(filters.open ? { openNow: true } : {}),
    // a register keeps what has closed
    withClosed: true,
    page: filters.page,
    pageSize,
  };
}

/** The address of a list with these filters: only what is set stands in it. */
export function hrefOf(base: string, { q, province, kind, status, open, page }: Partial<FacilityFilters>): string {
  const query = new URLSearchParams();
  if (q) query.set('q', q);
  if (province) query.set('province', province);
  if (kind) query.set('kind', kind);
  if (status) query.set('status', status);
  if (open) query.set('open', '1');
  if (page && page > 1) query.set('page', String(page));
  const text = query.toString();
  return text ? `${base}?${text}` : base;
}

/** Whether anything but the words narrows the list. */
export const isNarrowed = ({ province, kind, status, open }: FacilityFilters): boolean =>
  Boolean(province || kind || status || open);
