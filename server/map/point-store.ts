import type { FacilityPoint } from '#server/facilities/index.ts';
import { type Cell, cellsAcross, pinZoom, type TileAddress, type WorldPoint, worldPoint } from './rules.ts';

/** Zoom of the squares points are kept in. */
const squareZoom = 12;
/** Zooms of the squares that are counted: a tile up to zoom 9 adds up at most 32 by 32 of them. */
const countedZooms = [3, 6, 9, 12];
const deepestCount = squareZoom - Math.log2(cellsAcross);
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
  key: number;
}

/** Sums over some facilities. Of one alone the sum of the keys is its key. */
interface Sum {
  count: number;
  x: number;
  y: number;
  key: number;
}

type Squares<T> = Map<number, T>;

/** The square of a zoom that has the place; squares are numbered column by column. */
const squareOf = ({ x, y }: WorldPoint, zoom: number): number =>
  Math.floor(x / (steps / 2 ** zoom)) * 2 ** zoom + Math.floor(y / (steps / 2 ** zoom));

/** What the squares of a zoom inside a tile hold. */
function* within<T>(squares: Squares<T>, zoom: number, { z, x, y }: TileAddress): Generator<T> {
  const shift = Math.max(0, z - zoom);
  const across = 2 ** Math.max(0, zoom - z);
  const [left, top] = [Math.floor(x / 2 ** shift) * across, Math.floor(y / 2 ** shift) * across];
  for (let column = left; column < left + across; column += 1)
    for (let row = top; row < top + across; row += 1) {
      const held = squares.get(column * 2 ** zoom + row);
      if (held) yield held;
    }
}

/** All public facilities with coordinates, kept so that any tile of them is made in a few milliseconds. */
export class PointStore {
  #lastKey = 0;
  readonly #byId = new Map<string, Stored>();
  readonly #byKey = new Map<number, Stored>();
  readonly #bySquare: Squares<Set<Stored>> = new Map();
  /** by zoom, square and kind, of those without a day of closing */
  readonly #sums = new Map(countedZooms.map((zoom) => [zoom, new Map<number, Map<string, Sum>>()]));
  /** those that will close: whether they count hangs on the day */
  readonly #closing = new Set<Stored>();

  get size(): number {
    return this.#byId.size;
  }

  /** Puts a facility where it is now; without coordinates, closed by today, or gone (`null`), it leaves the map for good. */
  put(id: string, point: FacilityPoint | null, today: string): void {
    this.#remove(id);
    const world = point && worldPoint(point.latitude, point.longitude);
    if (!world || (point.closedOn !== null && point.closedOn <= today)) return;
    this.#lastKey += 1;
    const stored = { ...point, x: Math.floor(world.x * steps), y: Math.floor(world.y * steps), key: this.#lastKey };
    this.#byId.set(id, stored);
    this.#byKey.set(stored.key, stored);
    const square = squareOf(stored, squareZoom);
    const neighbours = this.#bySquare.get(square) ?? new Set();
    this.#bySquare.set(square, neighbours.add(stored));
    this.#count(stored, 1);
  }

  #remove(id: string): void {
    const stored = this.#byId.get(id);
    if (!stored) return;
    this.#byId.delete(id);
    this.#byKey.delete(stored.key);
    this.#bySquare.get(squareOf(stored, squareZoom))!.delete(stored);
    this.#count(stored, -1);
  }

  #count(stored: Stored, by: 1 | -1): void {
    if (stored.closedOn !== null) {
      if (by === 1) this.#closing.add(stored);
      else this.#closing.delete(stored);
      return;
    }
    for (const [zoom, squares] of this.#sums) {
      const square = squareOf(stored, zoom);
      const kinds = squares.get(square) ?? new Map<string, Sum>();
      const sum = kinds.get(stored.kind) ?? { count: 0, x: 0, y: 0, key: 0 };
      squares.set(square, kinds.set(stored.kind, sum));
      add(sum, { count: by, x: by * stored.x, y: by * stored.y, key: by * stored.key });
    }
  }

  /** What a tile shows on a day: counts of cells, and pins where a cell holds one or the zoom is deep. */
  tile(address: TileAddress, today: string, kind?: string): { cells: Cell[]; pins: Pin[] } {
    const side = steps / 2 ** address.z;
    const inTile = ({ x, y }: WorldPoint): WorldPoint => ({ x: x / side - address.x, y: y / side - address.y });
    const sums = new Map<number, Sum>();
    const pins: Pin[] = [];
    /** `middle` is a place in the cell that gets the sum */
    const collect = (middle: WorldPoint, more: Sum): void => {
      const { x, y } = inTile(middle);
      const cell = Math.floor(x * cellsAcross) * cellsAcross + Math.floor(y * cellsAcross);
      const sum = sums.get(cell);
      if (sum) add(sum, more);
      else sums.set(cell, { ...more });
    };
    const show = (point: Stored): void => {
      if ((kind !== undefined && point.kind !== kind) || (point.closedOn !== null && point.closedOn <= today)) return;
      const place = inTile(point);
      if (place.x < 0 || place.x >= 1 || place.y < 0 || place.y >= 1) return;
      if (address.z >= pinZoom) pins.push(pinOf(point, place));
      else collect(point, { count: 1, x: point.x, y: point.y, key: point.key });
    };
    if (address.z > deepestCount)
      for (const points of within(this.#bySquare, squareZoom, address)) points.forEach(show);
    else {
      const zoom = countedZooms.find((each) => each >= address.z + Math.log2(cellsAcross))!;
      for (const kinds of within(this.#sums.get(zoom)!, zoom, address))
        for (const [own, sum] of kinds)
          if (sum.count > 0 && (kind === undefined || own === kind))
            collect({ x: sum.x / sum.count, y: sum.y / sum.count }, sum);
      this.#closing.forEach(show);
    }
    const cells: Cell[] = [];
    for (const [, { count, x, y, key }] of [...sums].sort((a, b) => a[0] - b[0])) {
      if (count > 1) cells.push({ count, ...inTile({ x: x / count, y: y / count }) });
      else {
        const alone = this.#byKey.get(key)!;
        pins.push(pinOf(alone, inTile(alone)));
      }
    }
    // in one order in every process, so that equal tiles are equal bytes
    pins.sort((a, b) => (a.id < b.id ? -1 : 1));
    return { cells, pins };
  }
}

function add(sum: Sum, { count, x, y, key }: Sum): void {
  sum.count += count;
  sum.x += x;
  sum.y += y;
  sum.key += key;
}

const pinOf = ({ id, kind, name }: FacilityPoint, { x, y }: WorldPoint): Pin => ({ id, kind, name, x, y });
