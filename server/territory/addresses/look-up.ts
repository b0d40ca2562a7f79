import type { Reader } from '#db/client.ts';
import { type TerritoryUnit, unitOf, wardRowsOfDistrict } from '../records.ts';
import { keyOf, predecessorsOf, type Successor, successorsOf } from '../successions.ts';
import { addressWords } from './address-words.ts';
import { type PlacedUnit, unitsByKey, unitsNamed, unitsWithCode } from './find-named.ts';
import { readAddress } from './read-address.ts';

export interface PlaceUnit extends TerritoryUnit {
  district: { fullName: string; fullNameEn: string } | null;
  province: { code: string; fullName: string; fullNameEn: string } | null;
}

/**
 * `holds`: it is a unit on the day. `one`: another took over. `divided`: parts of it went to several; a person decides which.
 * `ended`: a district, whose wards went to the units named. `unknown`: it ended, and what became of it is not loaded.
 */
export type PlaceFate = 'holds' | 'one' | 'divided' | 'ended' | 'unknown';

export interface PlaceMatch {
  unit: PlaceUnit;
  fate: PlaceFate;
  /** the units of the day where it was, each with the resolution that made it so */
  becomes: { unit: PlaceUnit; resolution: string }[];
  /** of a unit that holds: the units that went into it, and whether only a part did */
  formedFrom: { unit: TerritoryUnit; divided: boolean }[];
}

/** More units than these are bearers of a common name: one has to say more. */
export const mostMatches = 20;

/** The units of any time an address or a code means, with what they are on a day. At most 21: then there are more. */
export async function lookUp(db: Reader, text: string, on: string): Promise<PlaceMatch[]> {
  const code = /^\s*(\d{2,3}|\d{5})\s*$/.exec(text)?.[1];
  const address = addressWords(text);
  const units = code ? await unitsWithCode(db, code) : readAddress(address, await unitsNamed(db, address));
  return matchesOf(db, units.slice(0, mostMatches + 1), on);
}

/** The same for units that are known already. */
export async function matchesOf(db: Reader, units: PlacedUnit[], on: string): Promise<PlaceMatch[]> {
  const successors = await successorsOf(db, units, on);
  for (const unit of units) {
    if (unit.level !== 'district' || successors.get(keyOf(unit))!.length > 0) continue;
    successors.set(keyOf(unit), await successorsOfWards(db, unit, on));
  }
  const placedByKey = new Map(
    (
      await unitsByKey(
        db,
        [...successors.values()].flat().map(({ row }) => row),
      )
    ).map((unit) => [keyOf(unit), unit]),
  );
  return Promise.all(
    units.map(async (unit) => {
      const becomes = successors.get(keyOf(unit))!;
      const holds = unit.validFrom <= on && (unit.validTo === null || unit.validTo > on);
      return {
        unit: placeOf(unit),
        fate: holds ? 'holds' : fateOf(unit, becomes),
        becomes: becomes.map(({ row, resolution }) => ({ unit: placeOf(placedByKey.get(keyOf(row))!), resolution })),
        formedFrom: holds
          ? (await predecessorsOf(db, unit)).map(({ row, divided }) => ({ unit: unitOf(row), divided }))
          : [],
      };
    }),
  );
}

function fateOf({ level }: PlacedUnit, becomes: Successor[]): PlaceFate {
  if (becomes.length === 0) return 'unknown';
  if (becomes.length === 1) return 'one';
  return level === 'district' ? 'ended' : 'divided';
}

/** A district has no successor; its wards have. */
async function successorsOfWards(db: Reader, district: PlacedUnit, on: string): Promise<Successor[]> {
  const all = await successorsOf(db, await wardRowsOfDistrict(db, district), on);
  return [...new Map([...all.values()].flat().map((each) => [keyOf(each.row), each])).values()];
}

function placeOf({
  provinceCode: _,
  provinceToday: __,
  searchName: ___,
  district,
  province,
  ...row
}: PlacedUnit): PlaceUnit {
  return { ...unitOf(row), district, province };
}
