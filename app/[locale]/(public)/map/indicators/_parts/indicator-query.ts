import { dayAsked } from '#app/_parts/registers/day-asked.ts';
import { type Measure, measures } from '#server/map/inputs.ts';

export type Search = Record<string, string | string[] | undefined>;

export interface IndicatorView {
  measure: Measure;
  /** `yyyy-mm-dd` */
  on?: string;
  provinceCode?: string;
  /** of machines */
  deviceType?: string;
}

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';

/** What an address asks for; what makes no sense in it counts as not given. */
export function readIndicatorView(search: Search): IndicatorView {
  const { day } = dayAsked(search.on);
  const measure = measures.find((each) => each === one(search.measure)) ?? 'facilities';
  return {
    measure,
    ...(day ? { on: day } : {}),
    ...(measure === 'equipment' && one(search.type) ? { deviceType: one(search.type).slice(0, 300) } : {}),
    ...(/^\d{2}$/.test(one(search.province)) ? { provinceCode: one(search.province) } : {}),
  };
}

export function indicatorHref(base: string, { measure, on, provinceCode, deviceType }: IndicatorView): string {
  const query = new URLSearchParams({ measure });
  if (on) query.set('on', on);
  if (provinceCode) query.set('province', provinceCode);
  if (deviceType) query.set('type', deviceType);
  return `${base}?${query}`;
}
