import type { FacilityPoint } from '#server/facilities/index.ts';
import { type Cell, cellsAcross, pinZoom, type TileAddress, type WorldPoint, worldPoint } from './rules.ts';

/** Zoom of the squares points are kept in: up to zoom 9 a cell of a tile is made of whole squares. */
const squareZoom = 12;
const squares = 2 ** squareZoom;
const wholeSquares = squareZoom - Math.log2(cellsAcross);
/** Whole numbers across the world: their sums are exact, so that every process has the same means. */
const steps = 2 ** 32;

export interface Pin {
  id: string;
  kind: string;
  name: string;
  /** in 0 … 1 of the tile */
  x: number;
  y: number;
}

interface Stored extends FacilityPoint {
  /** in `steps` of the world */
  x: number;
  y: number;
  group: Group;
}

/** The facilities of one kind in one square. */
interface Group {
  kind: string;
  points: Set<Stored>;
  /** how many of them have a day of closing: whether they count hangs on the day */
  closing: number;
  /** sums over all of them */
  x: number;
  y: number;
}

interface Sum {
  count: number;
  x: number;
  y: number;
  first: Stored;
}

/** All public facilities with coordinates, kept so that any tile of them is made in a few milliseconds. */
export class PointStore {
  readonly #byId = new Map<string, Stored>();
  readonly #bySquare = new Map<number, Map<string, Group>>();

  get size(): number {
    return this.#byId.size;
  }

  /** Puts a facility where it is now; without coordinates, or gone (`null`), it leaves the map. */
  put(id: string, point: FacilityPoint | null): void {
    this.#remove(id);
    const world = point && worldPoint(point.latitude, point.longitude);
    if (!world) return;
    const group = this.#groupAt(Math.floor(world.x * squares) * squares + Math.floor(world.y * squares), point.kind);
    const stored = { ...point, x: Math.floor(world.x * steps), y: Math.floor(world.y * steps), group };
    this.#byId.set(id, stored);
    group.points.add(stored);
    count(group, stored, 1);
  }

  #groupAt(square: number, kind: string): Group {
    const groups = this.#bySquare.get(square) ?? new Map<string, Group>();
    const group = groups.get(kind) ?? { kind, points: new Set(), closing: 0, x: 0, y: 0 };
    this.#bySquare.set(square, groups.set(kind, group));
    return group;
  }

  #remove(id: string): void {
    const stored = this.#byId.get(id);
    if (!stored) return;
    this.#byId.delete(id);
    stored.group.points.delete(stored);
    count(stored.group, stored, -1);
  }

  /** What a tile shows on a day: counts of cells, and pins where a cell holds one or the zoom is deep. */
  tile(address: TileAddress, today: string, kind?: string): { cells: Cell[]; pins: Pin[] } {
    const side = steps / 2 ** address.z;
    const within = ({ x, y }: WorldPoint): WorldPoint => ({ x: x / side - address.x, y: y / side - address.y });
    const sums = new Map<number, Sum>();
    const pins: Pin[] = [];
    const add = (cell: number, more: Sum) => {
      const sum = sums.get(cell);
      if (!sum) return void sums.set(cell, more);
      sum.count += more.count;
      sum.x += more.x;
      sum.y += more.y;
    };
    for (const group of this.#groupsOf(address)) {
      if (kind !== undefined && group.kind !== kind) continue;
      if (address.z <= wholeSquares && group.closing === 0) {
        const [first] = group.points;
        if (first) add(cellOf(within(first)), { count: group.points.size, x: group.x, y: group.y, first });
        continue;
      }
      for (const point of group.points) {
        if (point.closedOn !== null && point.closedOn <= today) continue;
        const place = within(point);
        if (place.x < 0 || place.x >= 1 || place.y < 0 || place.y >= 1) continue;
        if (address.z >= pinZoom) pins.push(pinOf(point, place));
        else add(cellOf(place), { count: 1, x: point.x, y: point.y, first: point });
      }
    }
    const cells: Cell[] = [];
    for (const [, { count: n, x, y, first }] of [...sums].sort((a, b) => a[0] - b[0])) {
      if (n === 1) pins.push(pinOf(first, within(first)));
      else cells.push({ count: n, ...within({ x: x / n, y: y / n }) });
    }
    // in one order in every process, so that equal tiles are equal bytes
    pins.sort((a, b) => (a.id < b.id ? -1 : 1));
    return { cells, pins };
  }

  *#groupsOf({ z, x, y }: TileAddress): Generator<Group> {
    if (z >= squareZoom) {
      const shift = 2 ** (z - squareZoom);
      const groups = this.#bySquare.get(Math.floor(x / shift) * squares + Math.floor(y / shift));
      if (groups) yield* groups.values();
      return;
    }
    const across = 2 ** (squareZoom - z);
    for (const [square, groups] of this.#bySquare) {
      const column = Math.floor(square / squares);
      const row = square % squares;
      if (Math.floor(column / across) === x && Math.floor(row / across) === y) yield* groups.values();
    }
  }
}

function count(group: Group, { x, y, closedOn }: Stored, by: 1 | -1): void {
  group.x += by * x;
  group.y += by * y;
  if (closedOn !== null) group.closing += by;
}

const cellOf = ({ x, y }: WorldPoint): number =>
  Math.floor(x * cellsAcross) * cellsAcross + Math.floor(y * cellsAcross);

const pinOf = ({ id, kind, name }: FacilityPoint, { x, y }: WorldPoint): Pin => ({ id, kind, name, x, y });
