import { useTranslations } from 'next-intl';
import { Link } from '#app/_ui/link.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { Notice } from '#app/_ui/status.tsx';
import type { WorkingEquipment } from '#server/equipment/index.ts';
import type { Alternatives, FacilityDetail, FacilityList, FoundFacility } from '#server/facilities/index.ts';
import { FacilityCard } from './facility-card.tsx';
import type { Where } from './find.tsx';
import { FoundItem } from './found-item.tsx';
import { type MapFilters, mapHref } from './map-query.ts';
import { NoResult } from './no-result.tsx';

export interface ResultsProps {
  base: string;
  filters: MapFilters;
  where: Where;
  list: FacilityList;
  alternatives: Alternatives | null;
  selected: FoundFacility | FacilityDetail | null;
  /** what works at the selected one */
  equipment: WorkingEquipment[];
  /** from where distances count, in words */
  place: string | null;
}

/** The list beside the map: the same facilities in the same order, usable without it. */
export function Results(props: ResultsProps) {
  const { base, filters, where, list, alternatives, selected, equipment, place } = props;
  const t = useTranslations('map');
  const first = (list.page - 1) * list.pageSize;
  const beside = selected && !list.items.some(({ id }) => id === selected.id) ? selected : null;
  const unknownPlace = filters.place !== '' && where.place === null && !where.origin;
  return (
    <section className="found stack" aria-labelledby="found">
      <h2 id="found" className="hidden-text">
        {t('results')}
      </h2>
      <p className="found-count" role="status">
        {place
          ? t.rich(where.origin ? 'countNear' : 'countIn', { total: list.total, place, b: (words) => <b>{words}</b> })
          : t.rich('count', { total: list.total, b: (words) => <b>{words}</b> })}
      </p>
      {unknownPlace && <Notice tone="wait">{t('unknownPlace', { place: filters.place })}</Notice>}
      {where.others.length > 0 && <Others {...props} />}
      {list.forgiving && list.total > 0 && <Notice tone="info">{t('forgiving', { q: filters.q })}</Notice>}
      {beside && (
        <div className="found-beside" data-selected>
          <FacilityCard facility={beside} equipment={equipment} base={base} filters={filters} heading />
        </div>
      )}
      {alternatives && <NoResult base={base} filters={filters} alternatives={alternatives} />}
      {list.total > 0 && (
        <>
          <ol className="found-list">
            {list.items.map((item, index) => (
              <FoundItem
                key={item.id}
                item={item}
                number={first + index + 1}
                base={base}
                filters={filters}
                equipment={item.id === selected?.id ? equipment : null}
              />
            ))}
          </ol>
          <Pagination
            page={list.page}
            pageSize={list.pageSize}
            total={list.total}
            href={(page) => mapHref(base, { ...filters, page, at: '' })}
          />
        </>
      )}
    </section>
  );
}

/** A name is that of several places: which was meant. */
function Others({ base, filters, where }: ResultsProps) {
  const t = useTranslations('map');
  return (
    <details className="details">
      <summary>{t('otherPlaces', { place: filters.place })}</summary>
      <ul className="plain">
        {where.others.map((place) => (
          <li key={`${place.level}${place.code}`}>
            <Link
              href={mapHref(base, {
                ...filters,
                place: '',
                page: 1,
                at: '',
                ...(place.level === 'ward' ? { ward: place.code, province: '' } : { province: place.code, ward: '' }),
              })}
            >
              {place.province ? `${place.name}, ${place.province.name}` : place.name}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
