import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuccessionFacts, TerritoryFacts } from './facts.ts';
import { districtsIn, olderProvinces, olderWardsIn, provinceSuccessions, renamed } from './older-units.ts';
import { twoLevelsSince } from './reforms.ts';
import { provincesOf, wardsIn } from './units-of-today.ts';
import { wardSuccessions } from './ward-successions.ts';

/** Goes up when the same files are read into other facts than before. */
const reading = 2;

interface BuiltInUnit {
  code: string;
  name: string;
  fullName: string;
  nameEn: string;
  fullNameEn: string;
  centre: [number, number];
}

/** The units the project brings along: all provinces with their centres, a handful of wards. */
export interface BuiltInTerritory {
  provinces: BuiltInUnit[];
  wards: (BuiltInUnit & { provinceCode: string })[];
}

export interface TerritoryPack {
  /** changes with what would be loaded */
  digest: string;
  read(): {
    units: TerritoryFacts[];
    successions: SuccessionFacts[];
    /** what is wrong with the files, and how it was taken */
    remarks: string[];
  };
}

const files = {
  provinces: 'vn_provinces_34.csv',
  wards: 'vn_wards_3321.csv',
  districts: 'vn_legacy_districts_696.csv',
  olderWards: 'vn_legacy_wards_10035.csv',
  crosswalk: 'vn_ward_crosswalk_2025.csv',
};

/**
 * The units to load: those of the data pack in `folder` where it has them, else the built-in ones. The 63 older provinces are
 * always there; older districts and wards, and what became of them, come from a whole pack alone.
 */
export function territoryPack(folder: string | undefined, builtIn: BuiltInTerritory): TerritoryPack {
  const text = Object.fromEntries(
    Object.entries(files).map(([name, file]) => {
      const path = folder && join(folder, file);
      return [name, path && existsSync(path) ? readFileSync(path, 'utf8') : undefined];
    }),
  ) as Record<keyof typeof files, string | undefined>;
  const before = { provinces: olderProvinces(), successions: provinceSuccessions() };
  const digest = createHash('sha256')
    .update(JSON.stringify([reading, text, builtIn, before]))
    .digest('hex');
  return { digest, read: () => read(text, builtIn, before) };
}

function read(
  text: Record<keyof typeof files, string | undefined>,
  builtIn: BuiltInTerritory,
  before: { provinces: TerritoryFacts[]; successions: SuccessionFacts[] },
): ReturnType<TerritoryPack['read']> {
  const centres = new Map(builtIn.provinces.map((province) => [province.code, province.centre]));
  const provinces =
    text.provinces === undefined
      ? builtIn.provinces.map((unit) => unitOf('province', unit, null))
      : provincesOf(text.provinces, centres);
  const wards =
    text.wards === undefined
      ? builtIn.wards.map((unit) => unitOf('ward', unit, unit.provinceCode))
      : wardsIn(text.wards);
  const { units, successions } = renamed([...before.provinces, ...provinces], before.successions);
  if (text.districts === undefined || text.olderWards === undefined || text.crosswalk === undefined || !text.wards)
    return { units: [...units, ...wards], successions, remarks: [] };
  const older = [...districtsIn(text.districts), ...olderWardsIn(text.olderWards)];
  const ofWards = wardSuccessions(text.crosswalk, older, wards);
  return {
    units: [...units, ...older, ...wards],
    successions: [...successions, ...ofWards.successions],
    remarks: ofWards.remarks,
  };
}

function unitOf(
  level: 'province' | 'ward',
  { code, name, fullName, nameEn, fullNameEn, centre: [latitude, longitude] }: BuiltInUnit,
  parentCode: string | null,
): TerritoryFacts {
  const names = { name, fullName, nameEn, fullNameEn };
  return { level, code, ...names, parentCode, validFrom: twoLevelsSince, validTo: null, latitude, longitude };
}
