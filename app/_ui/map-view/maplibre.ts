import {
  type GeoJSONSource,
  type MapGeoJSONFeature,
  Map as Maplibre,
  Marker,
  setWorkerUrl,
  type VectorTileSource,
} from 'maplibre-gl';
import { palette } from './palette.ts';
import { pinsOf } from './pins.ts';
import { mapStyle } from './style.ts';
import {
  boundsOf,
  circleAround,
  type DrawnMap,
  lookOf,
  type MapHandlers,
  type MapScene,
  paddingIn,
  tileAddress,
  wholeCountry,
} from './types.ts';

const clickable = ['facilities-single', 'facilities-counts', 'dots-single', 'dots-counts'];
const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Draws with WebGL. @throws when the browser has none */
export async function openMaplibre(box: HTMLElement, first: MapScene, handlers: MapHandlers): Promise<DrawnMap> {
  setWorkerUrl('/maplibre/maplibre-gl-worker.mjs');
  const map = new Maplibre({
    container: box,
    style: mapStyle(palette(box)),
    bounds: boundsOf(first),
    fitBoundsOptions: { padding: paddingIn(box), maxZoom: 15 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 18,
    minZoom: 3,
  });
  map.touchZoomRotate.disableRotation();
  map.getCanvas().setAttribute('aria-label', box.dataset.label ?? '');
  let pins: Marker[] = [];

  const show = (scene: MapScene, fit: boolean) => {
    for (const pin of pins) pin.remove();
    pins = pinsOf(scene, handlers).map(({ element, latitude, longitude }) =>
      new Marker({ element, anchor: 'bottom' }).setLngLat([longitude, latitude]).addTo(map),
    );
    map.getSource<GeoJSONSource>('search')?.setData(searched(scene));
    map.getSource<GeoJSONSource>('dots')?.setData(dotsOf(scene));
    for (const part of ['single', 'counts', 'numbers'])
      map.setLayoutProperty(`facilities-${part}`, 'visibility', scene.tiles === null ? 'none' : 'visible');
    if (scene.tiles !== null)
      map.getSource<VectorTileSource>('facilities')?.setTiles([tileAddress('facilities', scene.tiles)]);
    if (fit) map.fitBounds(boundsOf(scene), { padding: paddingIn(box), maxZoom: 15, animate: !calm() });
  };

  map.on('click', (event) => {
    const [feature] = map.queryRenderedFeatures(event.point, { layers: clickable });
    if (feature) choose(map, feature, handlers);
  });
  map.on('mousemove', (event) => {
    const over = map.queryRenderedFeatures(event.point, { layers: clickable }).length > 0;
    map.getCanvas().classList.toggle('over', over);
  });
  await new Promise<void>((done, fail) => {
    map.once('load', () => done());
    map.once('error', ({ error }) => fail(error));
  });
  show(first, false);
  let looked = lookOf(first);
  return {
    show: (scene) => {
      show(scene, lookOf(scene) !== looked);
      looked = lookOf(scene);
      if (scene.selected) reveal(map, scene.selected);
    },
    zoom: (by) => (by > 0 ? map.zoomIn({ animate: !calm() }) : map.zoomOut({ animate: !calm() })),
    whole: () => map.fitBounds(wholeCountry, { padding: paddingIn(box), animate: !calm() }),
    remove: () => map.remove(),
  };
}

function choose(map: Maplibre, feature: MapGeoJSONFeature, handlers: MapHandlers): void {
  if (typeof feature.properties.id === 'string') handlers.select(feature.properties.id);
  else if (feature.geometry.type === 'Point')
    map.easeTo({ center: feature.geometry.coordinates as [number, number], zoom: map.getZoom() + 2, animate: !calm() });
}

/** Moves no further than needed to have a place in sight. */
function reveal(map: Maplibre, { latitude, longitude }: { latitude: number; longitude: number }): void {
  if (!map.getBounds().contains([longitude, latitude])) map.easeTo({ center: [longitude, latitude], animate: !calm() });
}

const pointAt = (longitude: number, latitude: number, properties: Record<string, string> = {}) => ({
  type: 'Feature' as const,
  properties,
  geometry: { type: 'Point' as const, coordinates: [longitude, latitude] },
});

function searched({ origin }: MapScene): GeoJSON.FeatureCollection {
  if (!origin) return { type: 'FeatureCollection', features: [] };
  const { latitude, longitude, radiusKm } = origin;
  const area = radiusKm === null ? [] : [circleAround(latitude, longitude, radiusKm)];
  return {
    type: 'FeatureCollection',
    features: [
      ...area.map((ring) => ({
        type: 'Feature' as const,
        properties: {},
        geometry: { type: 'Polygon' as const, coordinates: [ring] },
      })),
      pointAt(longitude, latitude),
    ],
  };
}

const dotsOf = ({ dots }: MapScene): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: (dots ?? []).map(({ id, name, latitude, longitude }) => pointAt(longitude, latitude, { id, name })),
});
