import { useLocale, useTranslations } from 'next-intl';
import { QrCode } from '#app/_parts/qr-code.tsx';
import { addressOf } from '#app/_parts/registers/facility-table.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { buttonLook } from '#app/_ui/button-look.ts';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import type { WorkingEquipment } from '#server/equipment/index.ts';
import type { FoundFacility } from '#server/facilities/index.ts';
import { weekdayOf } from '#server/facilities/rules.ts';
import { now } from '#server/platform/clock.ts';
import { Distance } from './distance.tsx';
import { type MapFilters, mapHref } from './map-query.ts';
import { Standing } from './standing.tsx';

/** What one wants to know before going there. `heading`: it stands alone, with its name. */
export function FacilityCard(props: {
  facility: FoundFacility;
  equipment: WorkingEquipment[];
  base: string;
  filters: MapFilters;
  heading?: boolean;
}) {
  const { facility, equipment, base, filters, heading } = props;
  const t = useTranslations('map.card');
  const f = useTranslations('facilities');
  const k = useTranslations('map.kiosk');
  const locale = useLocale();
  const kiosk = base === '/map/kiosk';
  const placed = facility.latitude !== null && facility.longitude !== null;
  const { licence, latitude, longitude, phone, openingHours } = facility;
  const today = openingHours?.[String(weekdayOf(now())) as '1'] ?? [];
  const scope = facility.scope.map((key) =>
    f.has(`scope.${key}` as 'scope.vaccines') ? f(`scope.${key}` as 'scope.vaccines') : key,
  );
  const services = [...facility.services.map((key) => f(`services.${key}`)), ...scope];
  const items = [
    { label: t('kind'), value: f(`kinds.${facility.kind}`) },
    services.length > 0 ? { label: t('services'), value: services.join(', ') } : null,
    facility.specialities.length > 0
      ? { label: t('specialities'), value: facility.specialities.map((key) => f(`specialities.${key}`)).join(', ') }
      : null,
    facility.insurance.length > 0
      ? { label: t('insurance'), value: facility.insurance.map((key) => f(`insurance.${key}`)).join(', ') }
      : null,
    openingHours
      ? { label: t('today'), value: today.map(({ from, to }) => `${from}–${to}`).join(', ') || f('open.closedDay') }
      : null,
    licence
      ? {
          label: t('licence'),
          value: licence.validTo
            ? t('licenceUntil', { number: licence.number, date: formatDate(licence.validTo) })
            : t('licenceOpen', { number: licence.number }),
        }
      : null,
    facility.professionalLead ? { label: t('lead'), value: facility.professionalLead } : null,
    facility.staff.length > 0 ? { label: t('staff'), value: t('staffCount', { count: facility.staff.length }) } : null,
    equipment.length > 0
      ? {
          label: t('equipment'),
          value: equipment
            .map(({ name, model, count }) => t('equipmentOf', { device: `${name} ${model}`.trim(), count }))
            .join(', '),
        }
      : null,
    phone
      ? { label: t('phone'), value: kiosk ? phone : <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a> }
      : null,
  ].filter((item) => item !== null);
  return (
    <div className="found-card stack">
      {heading && (
        <>
          <div className="found-head">
            <h3>{facility.name}</h3>
            {facility.distanceKm !== undefined && <Distance km={facility.distanceKm} />}
          </div>
          <p className="found-place">{addressOf(facility, locale)}</p>
          <p className="found-tags">
            <Standing facility={facility} />
          </p>
        </>
      )}
      <Facts items={items} />
      {kiosk && placed && (
        <div className="row">
          <QrCode text={`geo:${latitude},${longitude}`} label={k('scan')} size={140} />
          <p className="hint">{k('scan')}</p>
        </div>
      )}
      {!kiosk && (
        <div className="row">
          {placed && (
            <a
              className={buttonLook({ kind: 'primary', small: true })}
              href={`https://www.openstreetmap.org/directions?to=${latitude}%2C${longitude}`}
              rel="noopener noreferrer"
              target="_blank"
            >
              {t('route')}
            </a>
          )}
          <LinkButton kind="quiet" small href={`/registers/facilities/${facility.id}`}>
            {t('more')}
          </LinkButton>
        </div>
      )}
      <p className="hint found-links">
        {!kiosk && placed && <a href={`geo:${latitude},${longitude}?q=${latitude},${longitude}`}>{t('openInPhone')}</a>}
        {!kiosk && <Link href={`/registers/facilities/${facility.id}/suggest`}>{t('report')}</Link>}
        {heading && <Link href={mapHref(base, { ...filters, at: '' })}>{t('close')}</Link>}
      </p>
    </div>
  );
}
