import { VectorTile, type VectorTileFeature, type VectorTileLayer } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { Palette } from './palette.ts';
import { boundaryZoom, facilityZoom } from './types.ts';

interface Square {
  z: number;
  x: number;
  y: number;
}

/** A count or a facility that was drawn: `id` only of a facility. */
export interface DrawnDot {
  latitude: number;
  longitude: number;
  radius: number;
  id: string | null;
}

/** A tile with the part of it that fills the canvas: closer in than its last zoom it is a part of an earlier one. */
interface Part {
  layers: Record<string, VectorTileLayer>;
  tile: Square;
  /** canvas pixels a unit of the tile takes, and where its corner lies */
  scale: number;
  left: number;
  top: number;
}

const empty: Record<string, VectorTileLayer> = {};

async function fetchPart(layer: string, square: Square, deepest: number, size: number, query = ''): Promise<Part> {
  const up = Math.max(0, square.z - deepest);
  const tile = { z: square.z - up, x: square.x >> up, y: square.y >> up };
  const across = 2 ** tile.z;
  const inWorld = tile.x >= 0 && tile.y >= 0 && tile.x < across && tile.y < across && tile.z >= 0;
  const response = inWorld
    ? await fetch(`/api/tiles/${layer}/${tile.z}/${tile.x}/${tile.y}.mvt${query === '' ? '' : `?${query}`}`)
    : null;
  if (response && !response.ok) throw new Error(`The tile answered ${response.status}.`);
  const layers = response ? new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers : empty;
  const scale = (size * 2 ** up) / 4096;
  return { layers, tile, scale, left: (square.x - tile.x * 2 ** up) * size, top: (square.y - tile.y * 2 ** up) * size };
}

const featuresOf = (layer: VectorTileLayer | undefined): VectorTileFeature[] =>
  layer ? Array.from({ length: layer.length }, (_, index) => layer.feature(index)) : [];

function trace(context: CanvasRenderingContext2D, feature: VectorTileFeature, { scale, left, top }: Part): void {
  context.beginPath();
  for (const ring of feature.loadGeometry()) {
    ring.forEach((point, index) => {
      const x = point.x * scale - left;
      const y = point.y * scale - top;
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.closePath();
  }
}

function write(context: CanvasRenderingContext2D, layer: VectorTileLayer | undefined, part: Part, colours: Palette) {
  context.font = '600 13px "Be Vietnam Pro", sans-serif';
  context.textAlign = 'center';
  context.lineWidth = 3;
  for (const feature of featuresOf(layer)) {
    const [at] = feature.loadGeometry()[0] ?? [];
    if (!at) continue;
    const x = at.x * part.scale - part.left;
    const y = at.y * part.scale - part.top;
    const { name, province } = feature.properties;
    const lines = province ? [String(name), `(${province}, Việt Nam)`] : [String(name)];
    lines.forEach((line, index) => {
      context.strokeStyle = colours.halo;
      context.strokeText(line, x, y + 18 * (index + 1) - (province ? 0 : 14));
      context.fillStyle = colours.label;
      context.fillText(line, x, y + 18 * (index + 1) - (province ? 0 : 14));
    });
  }
}

/** Draws land, borders and names of a square. */
export async function boundaryTile(canvas: HTMLCanvasElement, square: Square, colours: Palette): Promise<void> {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  const ground = await fetchPart('provinces', square, boundaryZoom, canvas.width);
  const wards = square.z >= 9 ? await fetchPart('wards', square, boundaryZoom, canvas.width) : null;
  context.fillStyle = colours.outside;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const provinces = featuresOf(ground.layers.provinces);
  for (const feature of provinces) {
    trace(context, feature, ground);
    context.fillStyle = colours.land;
    context.fill('evenodd');
  }
  context.lineWidth = 1;
  context.strokeStyle = colours.ward;
  for (const feature of featuresOf(wards?.layers.wards)) {
    trace(context, feature, wards!);
    context.stroke();
  }
  context.strokeStyle = colours.border;
  for (const feature of provinces) {
    trace(context, feature, ground);
    context.stroke();
  }
  for (const feature of featuresOf(ground.layers.islands)) {
    const [at] = feature.loadGeometry()[0] ?? [];
    if (at)
      circle(
        context,
        at.x * ground.scale - ground.left,
        at.y * ground.scale - ground.top,
        4,
        colours.land,
        colours.border,
      );
  }
  write(context, ground.layers.islands, ground, colours);
  if (square.z >= 6 && square.z < 10) write(context, ground.layers['province-names'], ground, colours);
  if (wards && square.z >= 11) write(context, wards.layers['ward-names'], wards, colours);
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number, fill: string, edge: string) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = edge;
  context.stroke();
}

/** Draws counts and facilities of a square, and tells where they are so that a click finds them. */
export async function facilityTile(
  canvas: HTMLCanvasElement,
  square: Square,
  query: string,
  colours: Palette,
): Promise<DrawnDot[]> {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  const part = await fetchPart('facilities', square, facilityZoom, canvas.width, query);
  const dots: DrawnDot[] = [];
  for (const feature of featuresOf(part.layers.facilities)) {
    const [at] = feature.loadGeometry()[0] ?? [];
    if (!at) continue;
    const count = Number(feature.properties.count ?? 1);
    const radius = count === 1 ? 6 : 10 + Math.min(14, Math.log10(count) * 5);
    const x = at.x * part.scale - part.left;
    const y = at.y * part.scale - part.top;
    circle(context, x, y, radius, colours.brand, '#ffffff');
    if (count > 1) {
      context.fillStyle = colours.onBrand;
      context.font = '600 13px "Be Vietnam Pro", sans-serif';
      context.textAlign = 'center';
      context.fillText(String(count), x, y + 4);
    }
    const { geometry } = feature.toGeoJSON(part.tile.x, part.tile.y, part.tile.z);
    if (geometry.type !== 'Point') continue;
    const [longitude = 0, latitude = 0] = geometry.coordinates;
    dots.push({
      latitude,
      longitude,
      radius,
      id: typeof feature.properties.id === 'string' ? feature.properties.id : null,
    });
  }
  return dots;
}
