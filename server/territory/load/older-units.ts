import provincesBefore2025 from '../provinces-before-2025.json' with { type: 'json' };
import { capitalised, columnsOf, parseCsv } from './csv.ts';
import { type SuccessionFacts, type TerritoryFacts, withoutMarks } from './facts.ts';
import { olderUnitsSince, provincesResolution, renamings, twoLevelsSince } from './reforms.ts';

const older = { validFrom: olderUnitsSince, validTo: twoLevelsSince, latitude: null, longitude: null };

/** The 63 provinces until June 2025. */
export const olderProvinces = (): TerritoryFacts[] =>
  provincesBefore2025.map(({ into: _, ...names }) => ({ level: 'province', ...names, parentCode: null, ...older }));

/** Each of them went as a whole into one of the 34. */
export function provinceSuccessions(): SuccessionFacts[] {
  const parts = Map.groupBy(provincesBefore2025, ({ into }) => into);
  return provincesBefore2025.map(({ code, into }) => ({
    fromLevel: 'province',
    fromCode: code,
    fromValidFrom: olderUnitsSince,
    toLevel: 'province',
    toCode: into,
    toValidFrom: twoLevelsSince,
    divided: false,
    merged: parts.get(into)!.length > 1,
    resolution: provincesResolution,
  }));
}

/** The rows of `vn_legacy_districts_696.csv`. */
export const districtsIn = (csv: string): TerritoryFacts[] =>
  parseCsv(csv).map((row) => {
    const text = columnsOf('vn_legacy_districts_696.csv', row);
    return {
      level: 'district',
      code: text('code'),
      name: text('name'),
      fullName: capitalised(text('full_name')),
      nameEn: withoutMarks(text('name')),
      fullNameEn: text('full_name_en'),
      parentCode: text('province_code'),
      ...older,
    };
  });

const kindsInEnglish: Record<string, string> = { Xã: 'Commune', Phường: 'Ward', 'Thị trấn': 'Township' };

/** The rows of `vn_legacy_wards_10035.csv`. */
export const olderWardsIn = (csv: string): TerritoryFacts[] =>
  parseCsv(csv).map((row) => {
    const text = columnsOf('vn_legacy_wards_10035.csv', row);
    const name = text('name');
    const fullName = capitalised(text('full_name'));
    const kind = kindsInEnglish[fullName.slice(0, fullName.length - name.length).trim()];
    const nameEn = withoutMarks(name);
    return {
      level: 'ward',
      code: text('code'),
      name,
      fullName,
      nameEn,
      // a ward with a number has it behind, as is usual
      fullNameEn: kind === undefined ? nameEn : /^\d+$/.test(nameEn) ? `${kind} ${nameEn}` : `${nameEn} ${kind}`,
      parentCode: text('district_code'),
      ...older,
    };
  });

/** Provinces that went on under their code as something else: two units instead of one, the older leading to the newer. */
export function renamed(
  units: TerritoryFacts[],
  successions: SuccessionFacts[],
): { units: TerritoryFacts[]; successions: SuccessionFacts[] } {
  const all = { units: [...units], successions: [...successions] };
  for (const { code, on, before, resolution } of renamings) {
    const at = all.units.findIndex(
      (unit) =>
        unit.level === 'province' &&
        unit.code === code &&
        unit.validFrom < on &&
        (unit.validTo === null || unit.validTo > on),
    );
    const unit = all.units[at];
    if (!unit) continue;
    all.units.splice(at, 1, { ...unit, ...before, validTo: on }, { ...unit, validFrom: on });
    // what the unit led to, the newer one now leads to
    all.successions = all.successions.map((each) =>
      each.fromLevel === 'province' && each.fromCode === code && each.fromValidFrom === unit.validFrom
        ? { ...each, fromValidFrom: on }
        : each,
    );
    all.successions.push({
      fromLevel: 'province',
      fromCode: code,
      fromValidFrom: unit.validFrom,
      toLevel: 'province',
      toCode: code,
      toValidFrom: on,
      divided: false,
      merged: false,
      resolution,
    });
  }
  return all;
}
