import '#app/_ui/map-view/map-view.css';
import './map.css';
import { getLocale, getTranslations } from 'next-intl/server';
import { Copyable } from '#app/_ui/copyable.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Details } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { env } from '#server/platform/env.ts';
import { MapPageParts } from './_parts/map-page.tsx';
import { mapHref, readMapFilters, type Search } from './_parts/map-query.ts';
import { searchNearMe } from './_parts/near-me-actions.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('map'))('title') };
}

export default async function MapPage({ searchParams }: { searchParams: Promise<Search> }) {
  const filters = readMapFilters(await searchParams);
  const [t, locale] = [await getTranslations('map'), await getLocale()];
  const address = `${env().appUrl}${localePath(locale, mapHref('/embed/map', { ...filters, at: '', view: '' }))}`;
  const snippet = `<iframe src="${address}" title="${t('title')}" width="100%" height="640" loading="lazy"></iframe>`;
  return (
    <>
      <h1 className="hidden-text">{t('title')}</h1>
      <MapPageParts base="/map" filters={filters} nearMe={searchNearMe} />
      <div className="wrap finder-foot">
        <p className="row">
          <Link href="/map/indicators">{t('indicators.title')}</Link>
          <Link href="/map/kiosk">{t('kiosk.title')}</Link>
        </p>
        <Details summary={t('embed.title')}>
          <p>{t('embed.intro')}</p>
          <Copyable text={snippet} label={t('embed.copy')} />
        </Details>
      </div>
    </>
  );
}
