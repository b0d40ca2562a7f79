/** Whole numbers across a tile. Encoder and renderer have to agree on it, else all pins sit in a corner. */
export const extent = 4096;
/** Cells a side of a tile is divided into. */
export const cellsAcross = 8;
/** From this zoom on every facility stands for itself. */
export const pinZoom = 14;
export const maxZoom = 14;

/** A place in the square of Web Mercator: 0 … 1 from west to east and from north to south. */
export interface WorldPoint {
  x: number;
  y: number;
}

/** @returns null beyond the 85th parallel, where the square ends */
export function worldPoint(latitude: number, longitude: number): WorldPoint | null {
  if (!(Math.abs(latitude) < 85) || !(Math.abs(longitude) <= 180)) return null;
  const sin = Math.sin((latitude * Math.PI) / 180);
  return { x: longitude / 360 + 0.5, y: 0.5 - (0.25 * Math.log((1 + sin) / (1 - sin))) / Math.PI };
}

export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

export const latitudeOf = (y: number): number => (360 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI))) / Math.PI - 90;

/** The degrees a tile spans. */
export function boundsOf({ z, x, y }: TileAddress): { west: number; south: number; east: number; north: number } {
  const size = 2 ** z;
  return {
    west: (x / size) * 360 - 180,
    east: ((x + 1) / size) * 360 - 180,
    north: latitudeOf(y / size),
    south: latitudeOf((y + 1) / size),
  };
}

/** What a cell holds: how many, and where their middle is. */
export interface Cell {
  count: number;
  x: number;
  y: number;
}

/** How far from the middle of its cell the circle of a count may stand, so that neighbours do not cover each other. */
const leeway = 0.3 / cellsAcross;

/** Where the count of a cell is drawn, in the whole numbers of its tile. `x`, `y` are means in 0 … 1 of the tile. */
export function placeOfCount({ x, y }: WorldPoint): [number, number] {
  const within = (value: number): number => {
    const middle = (Math.min(Math.floor(value * cellsAcross), cellsAcross - 1) + 0.5) / cellsAcross;
    return Math.min(Math.max(value, middle - leeway), middle + leeway);
  };
  return [Math.round(within(x) * extent), Math.round(within(y) * extent)];
}

/** Where a pin is drawn, in the whole numbers of its tile. */
export const placeOfPin = ({ x, y }: WorldPoint): [number, number] => [Math.round(x * extent), Math.round(y * extent)];

/** Per 100,000 people with one decimal; null where nobody is counted. */
export const perHundredThousand = (value: number, people: number | null): number | null =>
  people === null || people === 0 ? null : Math.round((value / people) * 1_000_000) / 10;

const levels = 5;

/** Classes with about as many areas each; values that are equal share a class. */
export function classesOf(values: number[]): {
  ranges: [number, number][];
  levelOf(value: number | null): number | null;
} {
  const sorted = [...values].sort((a, b) => a - b);
  const starts = Array.from({ length: levels }, (_, level) => sorted[Math.floor((level * sorted.length) / levels)]);
  const bounds = [...new Set(starts.filter((start) => start !== undefined))];
  const levelOf = (value: number | null) => (value === null ? null : bounds.findLastIndex((bound) => value >= bound));
  const ranges = bounds.map((_bound, level): [number, number] => {
    const within = sorted.filter((value) => levelOf(value) === level);
    return [within[0]!, within.at(-1)!];
  });
  return { ranges, levelOf };
}
