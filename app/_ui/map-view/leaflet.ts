import {
  CircleMarker,
  type Coords,
  DivIcon,
  type DoneCallback,
  GridLayer,
  type LatLngBoundsExpression,
  Map as Leaflet,
  layerGroup,
  Marker,
  Polygon,
} from 'leaflet';
import { boundaryTile, type DrawnDot, facilityTile } from './canvas-tile.ts';
import { palette } from './palette.ts';
import { pinsOf } from './pins.ts';
import {
  boundsOf,
  circleAround,
  type DrawnMap,
  lookOf,
  type MapHandlers,
  type MapScene,
  paddingIn,
  wholeCountry,
} from './types.ts';

/** Pixels of a tile on the screen: the same squares as with WebGL. */
const tileSize = 512;
/** Leaflet counts tiles of 256 pixels. */
const zoomOffset = -1;

const asBounds = ([west, south, east, north]: [number, number, number, number]): LatLngBoundsExpression => [
  [south, west],
  [north, east],
];

type Paint = (canvas: HTMLCanvasElement, tile: { z: number; x: number; y: number }) => Promise<void>;

/** Squares that are drawn by a function, each on a canvas of its own. */
class PaintedLayer extends GridLayer {
  readonly paint: Paint;
  constructor(paint: Paint) {
    super({ tileSize, maxZoom: 18 });
    this.paint = paint;
  }
  override createTile({ x, y, z }: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas');
    canvas.width = tileSize;
    canvas.height = tileSize;
    this.paint(canvas, { x, y, z: z + zoomOffset }).then(
      () => done(undefined, canvas),
      (error: Error) => done(error, canvas),
    );
    return canvas;
  }
}

/** The same map without WebGL: the same tiles, drawn on canvas. */
export function openLeaflet(box: HTMLElement, first: MapScene, handlers: MapHandlers): DrawnMap {
  box.role = 'region';
  box.ariaLabel = box.dataset.label ?? '';
  const map = new Leaflet(box, {
    zoomControl: false,
    attributionControl: false,
    minZoom: 4,
    maxZoom: 18,
    zoomAnimation: false,
  });
  const fit = { padding: [paddingIn(box), paddingIn(box)] as [number, number], maxZoom: 15 };
  map.fitBounds(asBounds(boundsOf(first)), fit);
  const colours = palette(box);
  new PaintedLayer((canvas, tile) => boundaryTile(canvas, tile, colours)).addTo(map);
  const dots = new Map<string, DrawnDot[]>();
  const over = layerGroup().addTo(map);
  let facilities: PaintedLayer | null = null;

  const show = (scene: MapScene) => {
    facilities?.remove();
    dots.clear();
    facilities =
      scene.tiles === null
        ? null
        : new PaintedLayer(async (canvas, tile) => {
            dots.set(`${tile.z}/${tile.x}/${tile.y}`, await facilityTile(canvas, tile, scene.tiles ?? '', colours));
          }).addTo(map);
    over.clearLayers();
    const { origin } = scene;
    if (origin?.radiusKm != null)
      new Polygon(
        circleAround(origin.latitude, origin.longitude, origin.radiusKm).map(([lng, lat]): [number, number] => [
          lat,
          lng,
        ]),
        {
          color: colours.mine,
          weight: 1.5,
          fillOpacity: 0.1,
          interactive: false,
        },
      ).addTo(over);
    for (const dot of scene.dots ?? [])
      new CircleMarker([dot.latitude, dot.longitude], {
        radius: 6,
        color: '#fff',
        weight: 1.5,
        fillColor: colours.brand,
        fillOpacity: 1,
      })
        .on('click', () => handlers.select(dot.id))
        .addTo(over);
    if (origin)
      new CircleMarker([origin.latitude, origin.longitude], {
        radius: 7,
        color: '#fff',
        weight: 3,
        fillColor: colours.mine,
        fillOpacity: 1,
        interactive: false,
      }).addTo(over);
    for (const { element, latitude, longitude } of pinsOf(scene, handlers))
      new Marker([latitude, longitude], {
        icon: new DivIcon({ html: element, className: 'pin-place', iconSize: [0, 0] }),
        keyboard: false,
      }).addTo(over);
  };

  map.on('click', ({ latlng }) => {
    const near = [...dots.values()]
      .flat()
      .find(
        ({ latitude, longitude, radius }) =>
          map.latLngToContainerPoint(latlng).distanceTo(map.latLngToContainerPoint([latitude, longitude])) <=
          radius + 4,
      );
    if (!near) return;
    if (near.id) handlers.select(near.id);
    else map.setView([near.latitude, near.longitude], map.getZoom() + 2);
  });
  show(first);
  let looked = lookOf(first);
  return {
    show: (scene) => {
      show(scene);
      if (lookOf(scene) !== looked) map.fitBounds(asBounds(boundsOf(scene)), fit);
      looked = lookOf(scene);
      if (scene.selected && !map.getBounds().contains([scene.selected.latitude, scene.selected.longitude]))
        map.panTo([scene.selected.latitude, scene.selected.longitude]);
    },
    zoom: (by) => map.setZoom(map.getZoom() + by),
    whole: () => map.fitBounds(asBounds(wholeCountry), fit),
    remove: () => map.remove(),
  };
}
