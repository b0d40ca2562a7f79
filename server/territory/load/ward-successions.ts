import { searchable } from '#server/platform/index.ts';
import { columnsOf, parseCsv } from './csv.ts';
import type { SuccessionFacts, TerritoryFacts } from './facts.ts';
import { olderUnitsSince, twoLevelsSince, wardsResolution } from './reforms.ts';

const file = 'vn_ward_crosswalk_2025.csv';

/**
 * What became of each ward, by the rows of `vn_ward_crosswalk_2025.csv`. A row without an older ward is about a district
 * that had none. A new code that is in no list is looked for by its name; what cannot be placed is left out.
 * @returns with what was found wrong and how it was taken
 */
export function wardSuccessions(
  csv: string,
  older: TerritoryFacts[],
  today: TerritoryFacts[],
): { successions: SuccessionFacts[]; remarks: string[] } {
  const remarks = new Set<string>();
  const known = new Set(older.map(({ level, code }) => `${level} ${code}`));
  const wards = new Map(today.filter(({ level }) => level === 'ward').map((ward) => [ward.code, ward]));

  const target = (row: Record<string, string>): TerritoryFacts | undefined => {
    const text = columnsOf(file, row);
    const listed = wards.get(text('new_ward_code'));
    if (listed) return listed;
    const name = searchable(text('new_ward'));
    const namesakes = [...wards.values()].filter(
      (ward) => ward.parentCode === text('new_province_code') && searchable(ward.fullName) === name,
    );
    remarks.add(
      namesakes.length === 1
        ? `${file}: ${text('new_ward_code')} is no code of a ward: taken as ${namesakes[0]!.code}, ${namesakes[0]!.fullName}`
        : `${file}: ${text('new_ward_code')} (${text('new_ward')}) is no code of a ward: left out`,
    );
    return namesakes.length === 1 ? namesakes[0] : undefined;
  };

  const pairs = new Map<string, { from: { level: 'district' | 'ward'; code: string }; to: TerritoryFacts }>();
  for (const row of parseCsv(csv)) {
    const text = columnsOf(file, row);
    const ward = row.old_ward_code?.trim();
    const from = ward
      ? { level: 'ward' as const, code: ward }
      : { level: 'district' as const, code: text('old_district_code') };
    if (!ward) remarks.add(`${file}: ${text('old_district')} has no ward: the district itself is taken`);
    if (!known.has(`${from.level} ${from.code}`)) {
      remarks.add(`${file}: ${from.level} ${from.code} is in no list of before July 2025: left out`);
      continue;
    }
    const to = target(row);
    if (to) pairs.set(`${from.level} ${from.code} ${to.code}`, { from, to });
  }

  const parts = Map.groupBy(pairs.values(), ({ from }) => `${from.level} ${from.code}`);
  const sources = Map.groupBy(pairs.values(), ({ to }) => to.code);
  const successions = [...pairs.values()].map(
    ({ from, to }): SuccessionFacts => ({
      fromLevel: from.level,
      fromCode: from.code,
      fromValidFrom: olderUnitsSince,
      toLevel: 'ward',
      toCode: to.code,
      toValidFrom: twoLevelsSince,
      divided: parts.get(`${from.level} ${from.code}`)!.length > 1,
      merged: sources.get(to.code)!.length > 1,
      resolution: wardsResolution(to.parentCode!),
    }),
  );
  return { successions, remarks: [...remarks] };
}
