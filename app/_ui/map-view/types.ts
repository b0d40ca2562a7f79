export interface MapPoint {
  id: string;
  name: string;
  latitude: number;
  longitude: number;
}

/** What a map shows beside its ground. */
export interface MapScene {
  /** the page of the list, with the numbers it has there */
  items: (MapPoint & { number: number })[];
  selected: MapPoint | null;
  /** from where distances count; `mine`: where the reader stands */
  origin: { latitude: number; longitude: number; radiusKm: number | null; mine: boolean } | null;
  /** filters of the tiles as a query; null: `dots` are all there is */
  tiles: string | null;
  dots: MapPoint[] | null;
  /** west, south, east, north; null: the whole country */
  bounds: [number, number, number, number] | null;
}

export interface MapTexts {
  label: string;
  loading: string;
  failed: string;
  zoomIn: string;
  zoomOut: string;
  whole: string;
  attribution: string;
}

export interface MapHandlers {
  select(id: string): void;
}

/** A drawn map, by whichever library. */
export interface DrawnMap {
  show(scene: MapScene): void;
  zoom(by: 1 | -1): void;
  whole(): void;
  remove(): void;
}

/** The country with its two archipelagos. */
export const wholeCountry: [number, number, number, number] = [101.8, 6.6, 117.6, 23.6];

/** What stays free around what is looked at, px: a pin stands above its place. */
export const paddingIn = (box: HTMLElement): number => (box.clientWidth < 600 ? 20 : 48);

/** Outlines are cut until here; closer in, the same are drawn larger. */
export const boundaryZoom = 12;
export const facilityZoom = 14;

export const tileAddress = (layer: string, query = ''): string =>
  `${window.location.origin}/api/tiles/${layer}/{z}/{x}/{y}.mvt${query === '' ? '' : `?${query}`}`;

/** A circle on the ground as a ring of longitude and latitude. */
export function circleAround(latitude: number, longitude: number, radiusKm: number): [number, number][] {
  const up = radiusKm / 111.2;
  const across = up / Math.cos((latitude * Math.PI) / 180);
  return Array.from({ length: 73 }, (_, step) => {
    const angle = (step / 36) * Math.PI;
    return [longitude + across * Math.cos(angle), latitude + up * Math.sin(angle)];
  });
}

/** What a scene is to be looked at in: the circle searched, else the items, else the country. */
export function boundsOf(scene: MapScene): [number, number, number, number] {
  const { origin, items, bounds } = scene;
  const places: [number, number][] =
    origin?.radiusKm != null
      ? circleAround(origin.latitude, origin.longitude, origin.radiusKm)
      : items.map(({ longitude, latitude }) => [longitude, latitude]);
  if (origin) places.push([origin.longitude, origin.latitude]);
  if (bounds || places.length === 0) return bounds ?? wholeCountry;
  const longitudes = places.map(([longitude]) => longitude);
  const latitudes = places.map(([, latitude]) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}

/** Changes with what is shown: the map then goes there, and stays where the reader has moved it while the list is the same. */
export const lookOf = (scene: MapScene): string => [...boundsOf(scene), ...scene.items.map(({ id }) => id)].join();
