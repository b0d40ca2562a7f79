import type { StyleSpecification } from 'maplibre-gl';
import type { Palette } from './palette.ts';
import { boundaryZoom, facilityZoom, tileAddress } from './types.ts';

/** Letters are drawn by the browser: no glyphs are fetched, and Vietnamese marks are right. */
const font = ['Be Vietnam Pro'];
const empty = { type: 'FeatureCollection' as const, features: [] };

/** The ground, the facilities and what is searched, all from this server. */
export function mapStyle(colours: Palette): StyleSpecification {
  return {
    version: 8,
    sources: {
      provinces: { type: 'vector', tiles: [tileAddress('provinces')], maxzoom: boundaryZoom },
      wards: { type: 'vector', tiles: [tileAddress('wards')], minzoom: 8, maxzoom: boundaryZoom },
      facilities: { type: 'vector', tiles: [tileAddress('facilities')], maxzoom: facilityZoom },
      dots: { type: 'geojson', data: empty, cluster: true, clusterRadius: 44, clusterMaxZoom: 13 },
      search: { type: 'geojson', data: empty },
    },
    layers: [
      { id: 'outside', type: 'background', paint: { 'background-color': colours.outside } },
      {
        id: 'land',
        type: 'fill',
        source: 'provinces',
        'source-layer': 'provinces',
        paint: { 'fill-color': colours.land, 'fill-antialias': false },
      },
      {
        id: 'ward-borders',
        type: 'line',
        source: 'wards',
        'source-layer': 'wards',
        minzoom: 9,
        paint: { 'line-color': colours.ward, 'line-width': 1, 'line-dasharray': [3, 2] },
      },
      {
        id: 'province-borders',
        type: 'line',
        source: 'provinces',
        'source-layer': 'provinces',
        paint: { 'line-color': colours.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.7, 10, 1.8] },
      },
      {
        id: 'search-area',
        type: 'fill',
        source: 'search',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': colours.mine, 'fill-opacity': 0.1 },
      },
      {
        id: 'search-edge',
        type: 'line',
        source: 'search',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'line-color': colours.mine, 'line-width': 1.5, 'line-dasharray': [4, 3] },
      },
      ...names(colours),
      ...counted('facilities', 'facilities', 'count', colours),
      ...counted('dots', undefined, 'point_count', colours),
      {
        id: 'search-from',
        type: 'circle',
        source: 'search',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-color': colours.mine,
          'circle-radius': 7,
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 3,
        },
      },
    ],
  };
}

type Layer = StyleSpecification['layers'][number];

function names(colours: Palette): Layer[] {
  type Size = number | ['interpolate', ['linear'], ['zoom'], ...number[]];
  const written = (id: string, source: string, layer: string, size: Size, more: Partial<Layer> = {}): Layer =>
    ({
      id,
      type: 'symbol',
      source,
      'source-layer': layer,
      layout: { 'text-field': ['get', 'name'], 'text-font': font, 'text-size': size, 'text-max-width': 8 },
      paint: { 'text-color': colours.label, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
      ...more,
    }) as Layer;
  return [
    written('ward-names', 'wards', 'ward-names', 13, { minzoom: 11 }),
    // in sight of the whole country already, small, where the numbers leave room
    written('province-names', 'provinces', 'province-names', ['interpolate', ['linear'], ['zoom'], 5, 11, 7, 13], {
      minzoom: 4.8,
      maxzoom: 10,
    }),
    {
      id: 'islands',
      type: 'circle',
      source: 'provinces',
      'source-layer': 'islands',
      maxzoom: 9,
      paint: {
        'circle-color': colours.land,
        'circle-radius': 4,
        'circle-stroke-color': colours.border,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'island-names',
      type: 'symbol',
      source: 'provinces',
      'source-layer': 'islands',
      layout: {
        'text-field': [
          'format',
          ['get', 'name'],
          {},
          '\n',
          {},
          ['concat', '(', ['get', 'province'], ', Việt Nam)'],
          { 'font-scale': 0.85 },
        ],
        'text-font': font,
        'text-size': 13,
        'text-anchor': 'top',
        'text-offset': [0, 0.6],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': colours.label, 'text-halo-color': colours.outside, 'text-halo-width': 1.4 },
    },
  ];
}

/** Circles with counts, and single facilities as dots. */
function counted(source: string, layer: string | undefined, count: string, colours: Palette): Layer[] {
  const from = { source, ...(layer === undefined ? {} : { 'source-layer': layer }) };
  return [
    {
      id: `${source}-single`,
      type: 'circle',
      ...from,
      filter: ['!', ['has', count]],
      paint: {
        'circle-color': colours.brand,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 5, 4, 14, 8],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: `${source}-counts`,
      type: 'circle',
      ...from,
      filter: ['has', count],
      paint: {
        'circle-color': colours.brand,
        'circle-opacity': 0.86,
        'circle-radius': ['step', ['get', count], 12, 10, 15, 100, 18, 1000, 22],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: `${source}-numbers`,
      type: 'symbol',
      ...from,
      filter: ['has', count],
      layout: {
        'text-field': ['to-string', ['get', count]],
        'text-font': font,
        'text-size': 13,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': colours.onBrand },
    },
  ] as Layer[];
}
