import { useLocale, useTranslations } from 'next-intl';
import { addressOf } from '#app/_parts/registers/facility-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Tag } from '#app/_ui/status.tsx';
import type { WorkingEquipment } from '#server/equipment/index.ts';
import type { FoundFacility } from '#server/facilities/index.ts';
import { Distance } from './distance.tsx';
import { FacilityCard } from './facility-card.tsx';
import { type MapFilters, mapHref } from './map-query.ts';
import { Standing } from './standing.tsx';

/** One facility of the list, with the number of its pin; the chosen one unfolds its card. */
export function FoundItem(props: {
  item: FoundFacility;
  number: number;
  base: string;
  filters: MapFilters;
  /** what works there, of the one whose card is open */
  equipment: WorkingEquipment[] | null;
}) {
  const { item, number, base, filters, equipment } = props;
  const selected = equipment !== null;
  const t = useTranslations('map');
  const locale = useLocale();
  const where = addressOf(item, locale);
  return (
    <li className="found-item" data-selected={selected || undefined} aria-current={selected || undefined}>
      <span className="found-number" aria-hidden="true">
        {number}
      </span>
      <div>
        <div className="found-head">
          <h3>
            <Link href={mapHref(base, { ...filters, at: selected ? '' : item.id })}>{item.name}</Link>
          </h3>
          {item.distanceKm !== undefined && <Distance km={item.distanceKm} />}
        </div>
        <p className="found-place">{where}</p>
        <p className="found-tags">
          <Standing facility={item} /> {item.latitude === null && <Tag>{t('noPlace')}</Tag>}
          {item.demo && <span className="hint">{t('demo')}</span>}
        </p>
        {equipment && <FacilityCard facility={item} equipment={equipment} base={base} filters={filters} />}
      </div>
    </li>
  );
}
