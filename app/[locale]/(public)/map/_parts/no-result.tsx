import { useTranslations } from 'next-intl';
import { Link } from '#app/_ui/link.tsx';
import type { Alternatives, Droppable } from '#server/facilities/index.ts';
import { Distance } from './distance.tsx';
import { type MapFilters, mapHref } from './map-query.ts';

/** What to leave out of an address to drop a criterion. */
const without: Record<Droppable, Partial<MapFilters>> = {
  q: { q: '' },
  kind: { kind: '' },
  service: { service: '' },
  speciality: { speciality: '' },
  insurance: { insurance: '' },
  level: { level: '' },
  openNow: { open: false },
  provinceCode: { province: '', place: '' },
  wardCode: { ward: '', place: '' },
  ownership: {},
  status: {},
};

/** Nothing found: what would find something, each one press away. */
export function NoResult(props: { base: string; filters: MapFilters; alternatives: Alternatives }) {
  const { base, filters, alternatives } = props;
  const { dropped, wider, nearest } = alternatives;
  const t = useTranslations('map.none');
  const again = { ...filters, page: 1, at: '' };
  return (
    <div className="empty found-none">
      <h3>{t('title')}</h3>
      {(wider || dropped.length > 0 || nearest) && <p>{t('try')}</p>}
      <ul className="plain">
        {wider && (
          <li>
            <Link href={mapHref(base, { ...again, radius: wider.radiusKm })}>{t('wider', { km: wider.radiusKm })}</Link>{' '}
            <span className="hint">{t('found', { total: wider.total })}</span>
          </li>
        )}
        {dropped.map(({ criterion, total }) => (
          <li key={criterion}>
            <Link href={mapHref(base, { ...again, ...without[criterion] })}>
              {t(`without.${criterion}`, { q: filters.q })}
            </Link>{' '}
            <span className="hint">{t('found', { total })}</span>
          </li>
        ))}
        {nearest && (
          <li>
            <Link
              href={mapHref(base, { place: filters.place, ward: filters.ward, at: nearest.id, view: filters.view })}
            >
              {t('nearest', { name: nearest.name })}
            </Link>{' '}
            {nearest.distanceKm !== undefined && <Distance km={nearest.distanceKm} />}
          </li>
        )}
        <li>
          <Link href={mapHref(base, { view: filters.view })}>{t('all')}</Link>
        </li>
      </ul>
    </div>
  );
}
