import '#app/_ui/map-view/map-view.css';
import '#app/[locale]/(public)/map/map.css';
import './kiosk.css';
import { getLocale, getTranslations } from 'next-intl/server';
import { LanguageSwitch } from '#app/_ui/language-switch.tsx';
import { MapPageParts } from '#app/[locale]/(public)/map/_parts/map-page.tsx';
import { readMapFilters, type Search } from '#app/[locale]/(public)/map/_parts/map-query.ts';
import { localePath } from '#i18n/locale-path.ts';
import { IdleReset } from './idle-reset.tsx';

const base = '/map/kiosk';

export async function generateMetadata() {
  return { title: (await getTranslations('map.kiosk'))('title') };
}

export default async function KioskPage({ searchParams }: { searchParams: Promise<Search> }) {
  const filters = readMapFilters(await searchParams);
  const [t, locale] = [await getTranslations('map.kiosk'), await getLocale()];
  return (
    <>
      <div className="kiosk-head">
        <h1>{t('title')}</h1>
        <LanguageSwitch />
      </div>
      <MapPageParts base={base} filters={filters} />
      <IdleReset
        home={localePath(locale, base)}
        text={t.raw('idle') as string}
        stay={t('stay')}
        atHome={Object.values(await searchParams).length === 0}
      />
    </>
  );
}
