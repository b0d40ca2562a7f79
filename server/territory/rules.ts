import type { FoundPlace } from './boundaries/place-at.ts';
import { olderUnitsSince } from './load/reforms.ts';

/** The life of a unit as people are told of it: when the older ones began is not known. */
export function lifeOf({ validFrom, validTo }: { validFrom: string; validTo: string | null }): {
  since: string | null;
  /** the last day on which it held; null: it holds */
  until: string | null;
} {
  return { since: validFrom === olderUnitsSince ? null : validFrom, until: validTo && dayBefore(validTo) };
}

function dayBefore(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

export interface StatedPlace {
  provinceCode: string;
  wardCode: string | null;
}

/**
 * `same`: nothing that the outlines know speaks against it. `otherWard`, `otherProvince`: the coordinates lie elsewhere: hold it
 * for review. `unknown`: the outlines cannot tell, because the point is in none of them or too near a border.
 */
export type PlaceComparison = 'same' | 'otherWard' | 'otherProvince' | 'unknown';

/** Compares the province and ward that somebody stated (codes of today) with where the coordinates lie. */
export function compareStatedPlace(stated: StatedPlace, found: FoundPlace): PlaceComparison {
  if (found.provinceCode === null) return 'unknown';
  if (stated.provinceCode !== found.provinceCode)
    return found.near.provinceCodes.includes(stated.provinceCode) ? 'unknown' : 'otherProvince';
  if (stated.wardCode === null || found.wardCode === null || stated.wardCode === found.wardCode) return 'same';
  return found.near.wardCodes.includes(stated.wardCode) ? 'unknown' : 'otherWard';
}

/**
 * Of the wards a divided one became, the one in which the coordinates lie: what the queue proposes to the person who decides.
 * Null when they lie in none of them, or so near a border that it may be another.
 */
export function proposedWard(candidates: readonly string[], found: FoundPlace): string | null {
  if (found.wardCode === null || !candidates.includes(found.wardCode)) return null;
  return found.near.wardCodes.some((code) => candidates.includes(code)) ? null : found.wardCode;
}
