import type { TerritoryLevel } from '../load/facts.ts';
import { type AddressWords, bareName, kinds } from './address-words.ts';

/** A unit whose name may stand in an address. */
export interface NamedUnit {
  level: TerritoryLevel;
  code: string;
  parentCode: string | null;
  /** code of its province; of a province its own */
  provinceCode: string;
  /** code of the province of today, where that one went */
  provinceToday: string;
  validFrom: string;
  validTo: string | null;
  /** lower case without marks, with its kind */
  searchName: string;
}

interface Reading<Unit> {
  unit: Unit;
  /** how much of the address it explains */
  score: number;
}

/**
 * The units an address names, read from its end: province, district, ward, each of which may be missing. Only the readings
 * that explain most are given: several when a name is borne by several units, or by one of today and one of before.
 */
export function readAddress<Unit extends NamedUnit>(address: AddressWords, units: Unit[]): Unit[] {
  const readings: Reading<Unit>[] = [];
  const at = (level: TerritoryLevel, end: number) => {
    const named = units
      .filter((unit) => unit.level === level)
      .flatMap((unit) => startsBefore(address, unit, end).map((start) => ({ unit, start })));
    // "Thừa Thiên Huế" is not Huế with two words before it
    const first = Math.min(...named.map(({ start }) => start));
    return named.filter(({ start }) => start === first);
  };
  const end = address.words.length;
  const none = [{ unit: undefined, start: end }];
  for (const province of [...at('province', end), ...none]) {
    const districts = at('district', province.start).filter(({ unit }) => liesIn(unit, province.unit) > 0);
    for (const district of [...districts, { unit: undefined, start: province.start }]) {
      const wards = at('ward', district.start).filter(
        ({ unit }) => (!district.unit || isPart(unit, district.unit)) && liesIn(unit, province.unit) > 0,
      );
      const named = [district.unit, province.unit].filter((unit) => unit !== undefined);
      for (const { unit } of wards)
        readings.push({ unit, score: 2 * named.length + 2 + liesIn(unit, province.unit) / 2 });
      if (named[0]) readings.push({ unit: named[0], score: 2 * named.length + liesIn(named[0], province.unit) / 2 });
    }
  }
  const best = Math.max(...readings.map(({ score }) => score));
  // of an old and a new reading that explain the same, both are shown: nobody knows when the address was written
  return [...new Set(readings.filter(({ score }) => score >= best - 0.5).map(({ unit }) => unit))];
}

/** Where the unit's name begins if it ends before word `end`: with its kind, or without it where that can be meant. */
function startsBefore({ words, starts }: AddressWords, { searchName, level }: NamedUnit, end: number): number[] {
  const endsWith = (name: string): number | null => {
    const parts = name.split(' ');
    const start = end - parts.length;
    return start >= 0 && parts.every((part, index) => words[start + index] === part) ? start : null;
  };
  const full = endsWith(searchName);
  if (full !== null) return [full];
  const bare = bareName(searchName);
  if (/^\d+$/.test(bare)) return [];
  const start = endsWith(bare);
  if (start === null) return [];
  const before = words.slice(0, start).join(' ');
  if (kinds.some((kind) => before === kind || before.endsWith(` ${kind}`))) return [];
  // a street may be called like a ward: a bare name stands at the beginning of a part
  return starts.has(start) || (starts.size === 1 && level !== 'ward') ? [start] : [];
}

const overlap = (a: NamedUnit, b: NamedUnit): boolean =>
  (b.validTo === null || a.validFrom < b.validTo) && (a.validTo === null || b.validFrom < a.validTo);

const isPart = (ward: NamedUnit, district: NamedUnit): boolean =>
  ward.parentCode === district.code && overlap(ward, district);

/** 1: in this province at the time; 0.5: in what later became part of it, as people also write; 0: elsewhere. */
function liesIn(unit: NamedUnit, province: NamedUnit | undefined): number {
  if (!province || unit === province) return 1;
  if (unit.provinceCode === province.code && overlap(unit, province)) return 1;
  return province.validTo === null && unit.provinceToday === province.code ? 0.5 : 0;
}
