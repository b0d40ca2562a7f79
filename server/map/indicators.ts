import { localDate } from '#server/calendar/index.ts';
import { reportedTypes, workingByPlace } from '#server/equipment/index.ts';
import { countByPlace } from '#server/facilities/index.ts';
import { allow, query } from '#server/platform/index.ts';
import { provinces, wardsOf } from '#server/territory/index.ts';
import { Indicators } from './inputs.ts';
import { population } from './population.ts';
import { perHundredThousand } from './rules.ts';

export interface IndicatorRow {
  code: string;
  name: string;
  nameEn: string;
  value: number;
  /** people by the merger map; null: not known */
  people: number | null;
  /** per 100,000 people; null: not known */
  rate: number | null;
}

export interface IndicatorTable {
  rows: IndicatorRow[];
  total: { value: number; people: number | null; rate: number | null };
  /** whether figures of people are loaded at all */
  withPeople: boolean;
  /** `yyyy-mm-dd` */
  on: string;
  /** of machines: the types that may be asked for */
  deviceTypes: string[];
}

/**
 * Facilities, pharmacies or beds with a licence in force on a day, or machines that worked on it, all or of one type, by province or by ward of
 * one province, as they are today.
 */
export const indicators = query({
  input: Indicators,
  load: async (db, { measure, on, provinceCode, deviceType }, ctx): Promise<IndicatorTable> => {
    const day = on ?? localDate(ctx.now());
    // the outlines and the people are those of today, so its units are: what lay elsewhere on the day is counted where it lies now
    const today = localDate(ctx.now());
    const units = provinceCode ? await wardsOf(db, provinceCode, today) : await provinces(db, today);
    const place = { on: day, ...(provinceCode ? { provinceCode } : {}) };
    const machines = measure === 'equipment';
    const type = deviceType ? { type: deviceType } : {};
    const counts = machines
      ? await workingByPlace(ctx, { ...place, ...type })
      : await countByPlace(ctx, { measure, ...place });
    const people = population();
    const peopleOf = provinceCode ? people?.wards : people?.provinces;
    const rows = units.map(({ code, fullName, name, nameEn, fullNameEn }) => {
      const value = counts.get(code) ?? 0;
      const count = peopleOf?.get(code) ?? null;
      const [vi, en] = provinceCode ? [fullName, fullNameEn] : [name, nameEn];
      return { code, name: vi, nameEn: en, value, people: count, rate: perHundredThousand(value, count) };
    });
    const value = rows.reduce((sum, row) => sum + row.value, 0);
    const all = people ? rows.reduce((sum, row) => sum + (row.people ?? 0), 0) : null;
    return {
      rows,
      total: { value, people: all, rate: perHundredThousand(value, all) },
      withPeople: people !== null,
      on: day,
      deviceTypes: machines ? await reportedTypes(ctx) : [],
    };
  },
  allow: () => allow,
  view: (_ctx, table) => table,
});
