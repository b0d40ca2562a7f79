import '#app/_ui/map-view/map-view.css';
import '#app/[locale]/(public)/map/map.css';
import { getTranslations } from 'next-intl/server';
import { Link } from '#app/_ui/link.tsx';
import { MapPageParts } from '#app/[locale]/(public)/map/_parts/map-page.tsx';
import { mapHref, readMapFilters, type Search } from '#app/[locale]/(public)/map/_parts/map-query.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('map'))('title'), robots: { index: false } };
}

export default async function EmbeddedMapPage({ searchParams }: { searchParams: Promise<Search> }) {
  const filters = readMapFilters(await searchParams);
  const t = await getTranslations('map');
  return (
    <>
      <h1 className="hidden-text">{t('title')}</h1>
      <MapPageParts base="/embed/map" filters={filters} />
      <p className="embed-source">
        <Link href={mapHref('/map', filters)} target="_blank" rel="noopener">
          {t('embed.source')}
        </Link>
      </p>
    </>
  );
}
