import { useLocale, useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Tag } from '#app/_ui/status.tsx';
import type { FoundFacility } from '#server/facilities/index.ts';
import { LicenceTag } from './licence-tag.tsx';
import { OpenText } from './open-text.tsx';

/** Street, ward and province of a facility in the reader's language. */
export function addressOf(facility: Pick<FoundFacility, 'addressLine' | 'ward' | 'province'>, locale: string): string {
  const places = [facility.ward, facility.province].flatMap((place) =>
    place ? [locale === 'vi' ? place.name : place.nameEn] : [],
  );
  return [facility.addressLine, ...places].join(', ');
}

/** A page of the register; `base` is where the entries are shown. */
export function FacilityTable({ items, base }: { items: FoundFacility[]; base: string }) {
  const t = useTranslations('facilities');
  const locale = useLocale();
  const rows = items.map((item) => ({
    id: item.id,
    cells: {
      name: (
        <>
          <Link href={`${base}/${item.id}`}>{item.name}</Link>
          <span className="hint">
            {t(`kinds.${item.kind}`)} · {item.code}
          </span>
          {item.closedOn && <Tag tone="late">{t('list.closed')}</Tag>}
          {item.demo && <Tag>{t('list.demo')}</Tag>}
        </>
      ),
      address: addressOf(item, locale),
      licence: (
        <>
          <LicenceTag status={item.licence?.status ?? null} />
          {item.licence && <span className="hint">{item.licence.number}</span>}
        </>
      ),
      hours: <Hours item={item} />,
    },
  }));
  return (
    <DataTable
      caption={t('list.title')}
      hideCaption
      columns={[
        { key: 'name', label: t('list.name') },
        { key: 'address', label: t('list.address') },
        { key: 'licence', label: t('list.licence') },
        { key: 'hours', label: t('list.hours') },
      ]}
      rows={rows}
    />
  );
}

/** Open or not at this minute; nothing where the licence does not hold, since its hours then mean nothing. */
function Hours({ item }: { item: FoundFacility }) {
  const t = useTranslations('facilities.open');
  if (item.open) return <OpenText state={item.open} />;
  return <span className="hint">{item.licence?.status === 'inForce' ? t('unknown') : '—'}</span>;
}
