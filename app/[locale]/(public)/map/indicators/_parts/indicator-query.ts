import { type Measure, measures } from '#server/map/inputs.ts';

export type Search = Record<string, string | string[] | undefined>;

export interface IndicatorView {
  measure: Measure;
  /** `yyyy-mm-dd` */
  on?: string;
  provinceCode?: string;
}

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** What an address asks for; what makes no sense in it counts as not given. */
export function readIndicatorView(search: Search): IndicatorView {
  const measure = measures.find((each) => each === one(search.measure)) ?? 'facilities';
  return {
    measure,
    ...(isDay(one(search.on)) ? { on: one(search.on) } : {}),
    ...(/^\d{2}$/.test(one(search.province)) ? { provinceCode: one(search.province) } : {}),
  };
}

export function indicatorHref(base: string, { measure, on, provinceCode }: IndicatorView): string {
  const query = new URLSearchParams({ measure });
  if (on) query.set('on', on);
  if (provinceCode) query.set('province', provinceCode);
  return `${base}?${query}`;
}
