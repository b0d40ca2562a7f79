import { createHash } from 'node:crypto';
import { searchable } from '#server/platform/index.ts';
import type { Register } from '../define.ts';
import { entryColumn } from '../inputs.ts';
import { headingsOf } from './words.ts';

/** Field → ordinal of its column, from 0. */
export type Mapping = Record<string, number>;

/** What tells sheets of one kind again: their headings in order. */
export const headingsDigest = (headings: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(headings.map(searchable)))
    .digest('hex');

/** The columns a sheet's headings speak of: the same words first, then a heading that begins or ends with them. */
export function suggestMapping(register: Register, headings: readonly string[]): Mapping {
  const words = headings.map(searchable);
  const mapping: Mapping = {};
  const taken = new Set<number>();
  const names = [entryColumn, ...register.fields.map(({ name }) => name)];
  const give = (fits: (heading: string, way: string) => boolean) => {
    for (const name of names.filter((each) => mapping[each] === undefined)) {
      const ways = headingsOf(register, name);
      const at = words.findIndex((heading, index) => !taken.has(index) && ways.some((way) => fits(heading, way)));
      if (at < 0) continue;
      mapping[name] = at;
      taken.add(at);
    }
  };
  give((heading, way) => heading === way);
  give((heading, way) => way.length > 3 && (heading.startsWith(`${way} `) || heading.endsWith(` ${way}`)));
  give((heading, way) => heading.length >= 3 && (way.startsWith(`${heading} `) || way.endsWith(` ${heading}`)));
  return mapping;
}
