export type { Place } from './find-place.ts';
export type { IndicatorRow, IndicatorTable } from './indicators.ts';
export { indicatorsCsv } from './indicators-csv.ts';
export type { DrawnOutlines } from './outline-paths.ts';
export { type TilePath, tileResponse } from './tile-response.ts';
