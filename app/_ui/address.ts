/** What stands behind the question mark of an address. */
export type Search = Record<string, string | string[] | undefined>;

/** A text of the address, without space around and cut to `most` characters; what is missing or stands twice is empty. */
export function textIn(search: Search, name: string, most = 200): string {
  const value = search[name];
  return typeof value === 'string' ? value.trim().slice(0, most) : '';
}

/** Which page of a list an address asks for: whole, from 1 to `most`; what is no number is the first. */
export const pageIn = (search: Search, most = 10_000, name = 'page'): number =>
  Math.min(most, Math.max(1, Math.floor(Number(textIn(search, name))) || 1));
