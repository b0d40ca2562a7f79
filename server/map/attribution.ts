import { allow, query } from '#server/platform/index.ts';
import { boundaries } from '#server/territory/index.ts';
import { Attribution } from './inputs.ts';

/** Whose work the boundaries are, to be shown wherever they are. */
export const attribution = query({
  input: Attribution,
  load: async () => boundaries().attribution,
  allow: () => allow,
  view: (_ctx, words) => words,
});
