import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { type caller, read } from '#app/_server/caller.ts';
import { type MapScene, wholeCountry } from '#app/_ui/map-view/types.ts';
import type { FacilityDetail, FoundFacility } from '#server/facilities/index.ts';
import type { Place } from '#server/map/index.ts';
import { AppError, appErrorIn } from '#server/platform/errors.ts';
import { type MapFilters, mapSearch, type Origin, tileQuery } from './map-query.ts';
import { Results } from './results.tsx';

type Api = Awaited<ReturnType<typeof caller>>;

export interface MapResult {
  results: ReactNode;
  scene: MapScene;
}

/** Where a view searches from: the reader, a ward's middle, or within a province. */
export interface Where {
  origin: (Origin & { mine: boolean }) | null;
  province: Place | null;
  /** the place that was understood */
  place: Place | null;
  /** others the words may mean */
  others: Place[];
}

/** List and map of a view. `mine`: where the reader stands, known to this request alone. */
export async function findForMap(base: string, filters: MapFilters, mine: Origin | null): Promise<MapResult> {
  const locale = await getLocale();
  const found = await read(async (api) => {
    const where = await whereOf(api, filters, mine);
    const search = mapSearch(filters, where.origin, where.province?.code ?? null);
    const list = await api.facilities.search(search);
    const narrowed = where.origin !== null && filters.radius !== null;
    const selected = await selectedOf(api, filters.at, list.items);
    return {
      where,
      list,
      alternatives: list.total === 0 ? await api.facilities.alternatives(search) : null,
      selected,
      equipment: selected ? await api.equipment.ofFacility({ facilityId: selected.id }) : [],
      dots: narrowed && list.total > 0 ? await api.facilities.dots(search) : null,
    };
  });
  const { where, list, selected, dots } = found;
  const narrowed = where.origin !== null && filters.radius !== null;
  const first = (list.page - 1) * list.pageSize;
  // of many anywhere the page of the list shows a few: the map shows where all are
  const anywhere = where.origin === null && where.province === null && list.total > list.items.length;
  const scene: MapScene = {
    items: list.items.flatMap((item, index) => placed(item).map((point) => ({ ...point, number: first + index + 1 }))),
    selected: selected ? (placed(selected)[0] ?? null) : null,
    origin: where.origin && { ...where.origin, radiusKm: filters.radius },
    tiles: narrowed ? null : tileQuery(filters, where.province?.code ?? null),
    dots: narrowed
      ? (dots ?? []).map(({ id, name, latitude, longitude }) => ({ id, name, latitude, longitude }))
      : null,
    bounds: anywhere ? wholeCountry : null,
  };
  const t = await getTranslations('map');
  const title = titleOf(where, locale, t('nearYou'));
  return { results: <Results base={base} filters={filters} {...found} place={title} />, scene };
}

function titleOf({ origin, place }: Where, locale: string, nearYou: string): string | null {
  if (origin?.mine) return nearYou;
  if (!place) return null;
  const [name, province] =
    locale === 'vi' ? [place.name, place.province?.name] : [place.nameEn, place.province?.nameEn];
  return province ? `${name}, ${province}` : name;
}

async function whereOf(api: Api, filters: MapFilters, mine: Origin | null): Promise<Where> {
  if (mine) return { origin: { ...mine, mine: true }, province: null, place: null, others: [] };
  const [place = null, ...others] = await placesOf(api, filters);
  if (place?.level === 'province') return { origin: null, province: place, place, others };
  const { latitude, longitude } = place ?? {};
  const origin = latitude == null || longitude == null ? null : { latitude, longitude, mine: false };
  return { origin, province: null, place, others };
}

async function placesOf(api: Api, { ward, province, place }: MapFilters): Promise<Place[]> {
  if (ward) return [await api.map.place({ level: 'ward', code: ward })].filter((each) => each !== null);
  if (place) return api.map.findPlace({ text: place });
  if (province) return [await api.map.place({ level: 'province', code: province })].filter((each) => each !== null);
  return [];
}

/** The facility whose card is open: of the list, so with its distance, else from the register. */
async function selectedOf(
  api: Api,
  id: string,
  items: FoundFacility[],
): Promise<FoundFacility | FacilityDetail | null> {
  if (!id) return null;
  const listed = items.find((item) => item.id === id);
  if (listed) return listed;
  return api.facilities.get({ id }).catch((error: unknown) => {
    if (appErrorIn(error) instanceof AppError) return null;
    throw error;
  });
}

const placed = ({ id, name, latitude, longitude }: FoundFacility) =>
  latitude === null || longitude === null ? [] : [{ id, name, latitude, longitude }];
