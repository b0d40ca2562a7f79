import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '#app/_ui/format.ts';

/** Kilometres with one decimal, metres below one. */
export function Distance({ km }: { km: number }) {
  const t = useTranslations('map');
  const locale = useLocale();
  return (
    <span className="found-distance">
      {km < 1
        ? t('metres', { metres: formatNumber(Math.round(km * 100) * 10, locale, 0) })
        : t('kilometres', { km: formatNumber(km, locale, km < 100 ? 1 : 0) })}
    </span>
  );
}
