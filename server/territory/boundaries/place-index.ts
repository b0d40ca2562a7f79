import type { GeometryObject, Topology } from 'topojson-specification';
import type { OutlineFacts, Outlines } from './outlines.ts';

/** West, south, east, north. */
type Box = [number, number, number, number];

/** Borders as flat lists of longitude, latitude, longitude, …, which neighbours share, each with its box. */
interface Borders {
  arcs: Float64Array[];
  boxes: Box[];
}

interface IndexedUnit {
  facts: OutlineFacts;
  /** arcs of all its rings: which way they run does not matter here */
  arcs: number[];
  box: Box;
}

export interface FoundUnit {
  facts: OutlineFacts;
  /** to its border; 0 inside */
  distanceKm: number;
}

/** Asks which units lie at a point. */
export type PlaceIndex = (
  latitude: number,
  longitude: number,
) => {
  inside: OutlineFacts | null;
  /** others whose border is not farther than the outlines are accurate: the point may be theirs; the nearest first */
  near: FoundUnit[];
};

const kmPerDegree = 111.2;

/** The index of some outlines: boxes first, then only the borders whose boxes matter. */
export function placeIndex({ units, topology, accuracyKm }: Outlines): PlaceIndex {
  const arcs = absoluteArcs(topology);
  const boxes = arcs.map(boxOf);
  const borders = { arcs, boxes };
  const indexed: IndexedUnit[] = units.map(({ facts, shape }) => {
    const own = arcsOf(shape);
    return { facts, arcs: own, box: own.map((arc) => boxes[arc]!).reduce(around) };
  });
  return (latitude, longitude) => {
    const scaleX = kmPerDegree * Math.cos((latitude * Math.PI) / 180);
    const marginX = accuracyKm / scaleX;
    const marginY = accuracyKm / kmPerDegree;
    const close = (box: Box) =>
      longitude >= box[0] - marginX &&
      longitude <= box[2] + marginX &&
      latitude >= box[1] - marginY &&
      latitude <= box[3] + marginY;
    let inside: OutlineFacts | null = null;
    const near: FoundUnit[] = [];
    for (const unit of indexed) {
      if (!close(unit.box)) continue;
      if (contains(unit.arcs, borders, latitude, longitude)) {
        // where outlines overlap by a fault of theirs, the second is as near as can be
        if (inside === null) inside = unit.facts;
        else near.push({ facts: unit.facts, distanceKm: 0 });
        continue;
      }
      let distanceKm = Number.POSITIVE_INFINITY;
      for (const arc of unit.arcs) {
        if (close(boxes[arc]!)) distanceKm = Math.min(distanceKm, distance(arcs[arc]!, latitude, longitude, scaleX));
      }
      if (distanceKm <= accuracyKm) near.push({ facts: unit.facts, distanceKm });
    }
    return { inside, near: near.sort((a, b) => a.distanceKm - b.distanceKm) };
  };
}

/** The arcs in degrees, no longer as steps from point to point. */
function absoluteArcs({ arcs, transform }: Topology): Float64Array[] {
  return arcs.map((arc) => {
    const flat = new Float64Array(arc.length * 2);
    let [x, y] = [0, 0];
    arc.forEach((point, at) => {
      if (transform === undefined) [x, y] = [point[0]!, point[1]!];
      else [x, y] = [x + point[0]!, y + point[1]!];
      flat[at * 2] = transform === undefined ? x : x * transform.scale[0] + transform.translate[0];
      flat[at * 2 + 1] = transform === undefined ? y : y * transform.scale[1] + transform.translate[1];
    });
    return flat;
  });
}

function arcsOf(shape: GeometryObject): number[] {
  if (shape.type === 'Polygon') return shape.arcs.flat().map(plain);
  if (shape.type === 'MultiPolygon') return shape.arcs.flat(2).map(plain);
  throw new Error(`A boundary is no polygon but ${shape.type}`);
}

/** An arc that is walked backwards is written as the complement of its number. */
const plain = (arc: number): number => (arc < 0 ? ~arc : arc);

function boxOf(arc: Float64Array): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < arc.length; at += 2) {
    box[0] = Math.min(box[0], arc[at]!);
    box[1] = Math.min(box[1], arc[at + 1]!);
    box[2] = Math.max(box[2], arc[at]!);
    box[3] = Math.max(box[3], arc[at + 1]!);
  }
  return box;
}

const around = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];

/** Whether a ray to the east crosses the border an odd number of times; holes and islands come right by themselves. */
function contains(own: number[], { arcs, boxes }: Borders, latitude: number, longitude: number): boolean {
  let odd = false;
  for (const number of own) {
    const box = boxes[number]!;
    if (latitude < box[1] || latitude > box[3] || longitude > box[2]) continue;
    const arc = arcs[number]!;
    for (let at = 2; at < arc.length; at += 2) {
      const y1 = arc[at - 1]!;
      const y2 = arc[at + 1]!;
      if (y1 > latitude === y2 > latitude) continue;
      const x1 = arc[at - 2]!;
      if (longitude < ((arc[at]! - x1) * (latitude - y1)) / (y2 - y1) + x1) odd = !odd;
    }
  }
  return odd;
}

/** From the point to the nearest place on an arc, km; the earth is flat over so short a way. */
function distance(arc: Float64Array, latitude: number, longitude: number, scaleX: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 2; at < arc.length; at += 2) {
    const x = (arc[at - 2]! - longitude) * scaleX;
    const y = (arc[at - 1]! - latitude) * kmPerDegree;
    const dx = (arc[at]! - longitude) * scaleX - x;
    const dy = (arc[at + 1]! - latitude) * kmPerDegree - y;
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(x * dx + y * dy) / length));
    const toX = x + along * dx;
    const toY = y + along * dy;
    least = Math.min(least, toX * toX + toY * toY);
  }
  return Math.sqrt(least);
}
