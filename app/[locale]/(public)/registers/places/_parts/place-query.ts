export type Search = Record<string, string | string[] | undefined>;

/** What is asked for, as it stands in an address. */
export interface PlaceQuery {
  q: string;
  /** yyyy-mm-dd; empty: today */
  on: string;
  /** whose wards are listed */
  province: string;
}

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';

/** Reads an address: what makes no sense in it counts as not given. A day comes whole, or in three fields from the form. */
export function readPlaceQuery(search: Search): PlaceQuery {
  const part = (name: string) => one(search[`on.${name}`]).normalize('NFKC').trim();
  const typed = `${part('year')}-${part('month').padStart(2, '0')}-${part('day').padStart(2, '0')}`;
  return {
    q: one(search.q).normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, 200),
    on: [one(search.on), typed].find(isDay) ?? '',
    province: /^\d{2}$/.test(one(search.province)) ? one(search.province) : '',
  };
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The address of the page with these questions: only what is set stands in it. */
export function placesHref(asked: Partial<PlaceQuery>): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  return query.size > 0 ? `/registers/places?${query}` : '/registers/places';
}
