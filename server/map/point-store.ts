import type { FacilityPoint } from '#server/facilities/index.ts';
import { type Cell, cellsAcross, pinZoom, type TileAddress, worldPoint } from './rules.ts';

/** Zoom of the squares points are kept in: a tile looks through those it touches. */
const squareZoom = 9;
const squares = 2 ** squareZoom;

export interface Pin {
  id: string;
  kind: string;
  name: string;
  /** in 0 … 1 of the tile */
  x: number;
  y: number;
}

interface Stored extends FacilityPoint {
  x: number;
  y: number;
  square: number;
}

/** All public facilities with coordinates, kept so that any tile of them is made in a few milliseconds. */
export class PointStore {
  readonly #byId = new Map<string, Stored>();
  readonly #bySquare = new Map<number, Map<string, Stored>>();

  get size(): number {
    return this.#byId.size;
  }

  /** Puts a facility where it is now; without coordinates, or gone (`null`), it leaves the map. */
  put(id: string, point: FacilityPoint | null): void {
    this.#remove(id);
    const world = point && worldPoint(point.latitude, point.longitude);
    if (!world) return;
    const square = Math.floor(world.x * squares) * squares + Math.floor(world.y * squares);
    const stored = { ...point, ...world, square };
    this.#byId.set(id, stored);
    const neighbours = this.#bySquare.get(square) ?? new Map<string, Stored>();
    this.#bySquare.set(square, neighbours.set(id, stored));
  }

  #remove(id: string): void {
    const stored = this.#byId.get(id);
    if (!stored) return;
    this.#byId.delete(id);
    this.#bySquare.get(stored.square)!.delete(id);
  }

  /** What a tile shows on a day: counts of cells, and pins where a cell holds one or the zoom is deep. */
  tile(address: TileAddress, today: string, kind?: string): { cells: Cell[]; pins: Pin[] } {
    const scale = 2 ** address.z;
    const sums = new Map<number, { count: number; x: number; y: number; first: Stored }>();
    const pins: Pin[] = [];
    for (const points of this.#squaresOf(address)) {
      for (const point of points.values()) {
        if (kind !== undefined && point.kind !== kind) continue;
        if (point.closedOn !== null && point.closedOn <= today) continue;
        const x = point.x * scale - address.x;
        const y = point.y * scale - address.y;
        if (x < 0 || x >= 1 || y < 0 || y >= 1) continue;
        if (address.z >= pinZoom) {
          pins.push(pinOf(point, x, y));
          continue;
        }
        const cell = Math.floor(x * cellsAcross) * cellsAcross + Math.floor(y * cellsAcross);
        const sum = sums.get(cell);
        if (sum) {
          sum.count += 1;
          sum.x += x;
          sum.y += y;
        } else sums.set(cell, { count: 1, x, y, first: point });
      }
    }
    const cells: Cell[] = [];
    for (const [, { count, x, y, first }] of [...sums].sort((a, b) => a[0] - b[0])) {
      if (count === 1) pins.push(pinOf(first, x, y));
      else cells.push({ count, x: x / count, y: y / count });
    }
    // in one order in every process, so that equal tiles are equal bytes
    pins.sort((a, b) => (a.id < b.id ? -1 : 1));
    return { cells, pins };
  }

  *#squaresOf({ z, x, y }: TileAddress): Generator<Map<string, Stored>> {
    if (z >= squareZoom) {
      const shift = 2 ** (z - squareZoom);
      const points = this.#bySquare.get(Math.floor(x / shift) * squares + Math.floor(y / shift));
      if (points) yield points;
      return;
    }
    const across = 2 ** (squareZoom - z);
    for (const [square, points] of this.#bySquare) {
      const column = Math.floor(square / squares);
      const row = square % squares;
      if (Math.floor(column / across) === x && Math.floor(row / across) === y) yield points;
    }
  }
}

const pinOf = ({ id, kind, name }: FacilityPoint, x: number, y: number): Pin => ({ id, kind, name, x, y });
