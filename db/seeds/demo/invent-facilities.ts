import type { Beds } from '#db/enums/facility-classification.ts';
import type { LicensedPerson } from '#db/schema/facilities.ts';
import { facilityCode } from '#server/facilities/rules.ts';
import { placeAt } from '#server/territory/index.ts';
import { bedsOf, type KindFacts, kindFacts } from './facility-kinds.ts';
import { givenNames, streets, type Town, towns } from './facility-places.ts';
import { inventStaff } from './facility-staff.ts';

/** The state a demo licence is in. */
export type DemoLicence = 'inForce' | 'expiring' | 'expired' | 'suspended' | 'revoked';

export interface DemoFacility {
  code: string;
  facts: KindFacts;
  name: string;
  addressLine: string;
  provinceCode: string;
  wardCode: string | null;
  latitude: number;
  longitude: number;
  phone: string;
  services: KindFacts['services'];
  specialities: KindFacts['specialities'];
  openingHours: KindFacts['hours'][number];
  beds: Beds | null;
  /** the first answers for the profession */
  staff: LicensedPerson[];
  licence: DemoLicence;
  /** years since it was licensed */
  age: number;
}

/** Chance that gives the same numbers each time (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The one of a list on which a share (0 … 1) of all weights falls. */
export function weightedOf<T>(list: readonly T[], weight: (each: T) => number, share: number): T {
  let left = share * list.reduce((sum, each) => sum + weight(each), 0);
  for (const each of list) {
    left -= weight(each);
    if (left < 0) return each;
  }
  return list.at(-1)!;
}

const licences: [DemoLicence, number][] = [
  ['inForce', 82],
  ['expiring', 7],
  ['expired', 4],
  ['suspended', 4],
  ['revoked', 3],
];

/** So many facilities, the same each time: spread over towns by their people, of every kind. */
export function inventFacilities(count: number, chance = seededChance(20_260_101)): DemoFacility[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  const weighted = <T>(list: readonly T[], weight: (each: T) => number): T => {
    return weightedOf(list, weight, chance());
  };
  const people = seededChance(count);
  const numbers = new Map<string, number>();
  const namedAfterTown = new Set<string>();
  return Array.from({ length: count }, (_, index): DemoFacility => {
    // the first round gives every town something of its own
    const town = towns[index] ?? weighted(towns, (each) => each[4]);
    const facts = index < towns.length ? kindFacts[0]! : weighted(kindFacts, (each) => each.share);
    const { latitude, longitude, wardCode } = pointNear(town, chance);
    const number = (numbers.get(facts.kind) ?? 0) + 1;
    numbers.set(facts.kind, number);
    const townName = `${facts.name} ${town[1]}`;
    const ofTown = facts.ofTown && !namedAfterTown.has(townName);
    namedAfterTown.add(townName);
    return {
      code: facilityCode('DEMO', facts.kind, number),
      facts,
      name: ofTown ? townName : `${facts.name} ${pick(givenNames)}${facts.ofTown ? ` ${town[1]}` : ''}`,
      addressLine: `${1 + Math.floor(chance() * 400)} ${pick(streets)}`,
      provinceCode: town[0],
      wardCode,
      latitude,
      longitude,
      phone: `02${String(40 + Math.floor(chance() * 60))} 3${String(Math.floor(chance() * 1_000_000)).padStart(6, '0')}`,
      services: [...facts.services, ...facts.sometimes.filter(() => chance() < 0.4)],
      specialities: facts.specialities.filter((_each, at) => at === 0 || chance() < 0.5),
      openingHours: pick(facts.hours),
      beds: facts.beds ? bedsOf(Math.round(facts.beds[0] + chance() * (facts.beds[1] - facts.beds[0]))) : null,
      staff: inventStaff(facts.kind, people),
      licence: weighted(licences, ([, weight]) => weight)[0],
      age: 1 + Math.floor(chance() * 6),
    };
  });
}

/** Near the middle of a town, most of them within a few kilometres, and within its province. */
function pointNear([province, , latitude, longitude, weight]: Town, chance: () => number) {
  const spread = weight > 25 ? 0.045 : 0.07;
  const around = () => (chance() + chance() + chance() - 1.5) * 2 * spread;
  for (let tries = 0; tries < 20; tries += 1) {
    const point = { latitude: round(latitude + around()), longitude: round(longitude + around()) };
    const { provinceCode, wardCode } = placeAt(point.latitude, point.longitude);
    if (provinceCode === province) return { ...point, wardCode };
  }
  return { latitude, longitude, wardCode: placeAt(latitude, longitude).wardCode };
}

const round = (degrees: number): number => Math.round(degrees * 100_000) / 100_000;
