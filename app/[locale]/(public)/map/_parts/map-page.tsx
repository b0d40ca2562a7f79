import { getLocale } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { localePath } from '#i18n/locale-path.ts';
import { MapForm } from './filters.tsx';
import { findForMap } from './find.tsx';
import { type MapFilters, mapHref } from './map-query.ts';
import type { searchNearMe } from './near-me-actions.tsx';
import { mapTexts, workspaceTexts } from './texts.ts';
import { MapWorkspace } from './workspace.tsx';

/** Form, list and map at an address of their own: the public page, a kiosk, a frame elsewhere. */
export async function MapPageParts(props: { base: string; filters: MapFilters; nearMe?: typeof searchNearMe }) {
  const { base, filters, nearMe = null } = props;
  const locale = await getLocale();
  const [{ results, scene }, provinces, attribution] = await Promise.all([
    findForMap(base, filters, null),
    read((api) => api.territory.provinces({})),
    read((api) => api.map.attribution({})),
  ]);
  const href = (view: MapFilters['view']) => localePath(locale, mapHref(base, { ...filters, view }));
  return (
    <MapWorkspace
      form={
        <MapForm
          key={mapHref(base, { ...filters, at: '', page: 1 })}
          base={base}
          filters={filters}
          provinces={provinces}
        />
      }
      results={results}
      scene={scene}
      base={localePath(locale, base)}
      view={filters.view}
      views={{ list: href('list'), map: href('map'), both: href('') }}
      texts={await workspaceTexts()}
      mapTexts={await mapTexts(locale === 'vi' ? attribution.vi : attribution.en)}
      nearMe={nearMe}
    />
  );
}
