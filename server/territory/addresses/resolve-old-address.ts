import type { Reader } from '#db/client.ts';
import { twoLevelsSince } from '../load/reforms.ts';
import { addressWords } from './address-words.ts';
import { type PlacedUnit, unitsNamed, unitsWithCode } from './find-named.ts';
import { matchesOf, type PlaceUnit } from './look-up.ts';
import { readAddress } from './read-address.ts';

/** An address of before July 2025: a code, or names with or without marks and kinds. */
export type OldAddress = { wardCode: string } | { ward: string; district?: string; province?: string };

/**
 * `resolved`: the ward of today. `divided`: one of the candidates, which a person has to choose. `ambiguous`: several older
 * wards bear the name; district or province say which. `unknown`: no older ward is called so, or older wards are not loaded.
 */
export type OldAddressResolution =
  | { outcome: 'resolved'; from: PlaceUnit; ward: PlaceUnit; resolution: string }
  | { outcome: 'divided'; from: PlaceUnit; candidates: PlaceUnit[] }
  | { outcome: 'ambiguous'; from: PlaceUnit[] }
  | { outcome: 'unknown' };

/** The ward that holds on a day (YYYY-MM-DD) where an older one was. */
export async function resolveOldAddress(db: Reader, address: OldAddress, on: string): Promise<OldAddressResolution> {
  const units = (await olderUnits(db, address)).filter(({ validTo }) => validTo === twoLevelsSince);
  const matches = (await matchesOf(db, units.slice(0, 20), on)).filter(
    // a district without wards stands for one, and becomes one
    ({ unit, fate }) => unit.level === 'ward' || (unit.level === 'district' && fate === 'one'),
  );
  const [match, ...others] = matches;
  if (!match || match.fate === 'unknown') return { outcome: 'unknown' };
  if (others.length > 0) return { outcome: 'ambiguous', from: matches.map(({ unit }) => unit) };
  const [first] = match.becomes;
  if (match.fate === 'one' && first)
    return { outcome: 'resolved', from: match.unit, ward: first.unit, resolution: first.resolution };
  return { outcome: 'divided', from: match.unit, candidates: match.becomes.map(({ unit }) => unit) };
}

async function olderUnits(db: Reader, address: OldAddress): Promise<PlacedUnit[]> {
  if ('wardCode' in address) return (await unitsWithCode(db, address.wardCode)).filter(({ level }) => level === 'ward');
  const words = addressWords([address.ward, address.district, address.province].filter(Boolean).join(', '));
  const older = (await unitsNamed(db, words)).filter(({ validTo }) => validTo !== null && validTo <= twoLevelsSince);
  return readAddress(words, older);
}
