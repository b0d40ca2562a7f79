export type { Place } from './find-place.ts';
export { type TilePath, tileResponse } from './tile-response.ts';
