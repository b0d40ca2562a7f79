import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { Link } from '#app/_ui/link.tsx';
import { careLevels, facilityServices, specialities } from '#db/enums/facility-classification.ts';
import { localePath } from '#i18n/locale-path.ts';
import { facilityKinds } from '#server/facilities/rules.ts';
import type { TerritoryUnit } from '#server/territory/index.ts';
import { type MapFilters, mapHref, radii } from './map-query.ts';

/** Words, place and filters as an address; works without JavaScript. */
export function MapForm(props: { base: string; filters: MapFilters; provinces: TerritoryUnit[]; hidden?: string }) {
  const { base, filters, provinces } = props;
  const t = useTranslations('map.form');
  const f = useTranslations('facilities');
  const locale = useLocale();
  const more = [filters.kind, filters.service, filters.speciality, filters.level, filters.province].filter(
    Boolean,
  ).length;
  return (
    <search aria-label={t('label')}>
      <form className="finder-form" action={localePath(locale, base)} method="get">
        <TextField
          name="q"
          type="search"
          label={t('q')}
          defaultValue={filters.q}
          placeholder={t('qExample')}
          autoComplete="off"
          spellCheck={false}
        />
        <TextField
          name="place"
          label={t('place')}
          defaultValue={filters.place}
          placeholder={t('placeExample')}
          autoComplete="street-address"
        />
        {filters.ward && <input type="hidden" name="ward" value={filters.ward} />}
        {filters.view && <input type="hidden" name="view" value={filters.view} />}
        <fieldset className="chips">
          <legend className="hidden-text">{t('narrow')}</legend>
          <Chip name="open" value="1" checked={filters.open} label={t('open')} />
          <Chip name="insurance" value="social" checked={filters.insurance === 'social'} label={t('social')} />
          <label className="chip-select">
            <span className="hidden-text">{t('radius')}</span>
            <select name="radius" defaultValue={filters.radius ?? ''}>
              <option value="">{t('anyRadius')}</option>
              {radii.map((km) => (
                <option key={km} value={km}>
                  {t('within', { km })}
                </option>
              ))}
            </select>
          </label>
        </fieldset>
        <details className="details">
          <summary>{more > 0 ? t('moreSet', { count: more }) : t('more')}</summary>
          <div className="finder-more">
            <Select
              name="kind"
              label={f('list.kind')}
              empty={f('list.any')}
              defaultValue={filters.kind}
              options={facilityKinds.map((kind) => ({ value: kind, label: f(`kinds.${kind}`) }))}
            />
            <Select
              name="service"
              label={f('detail.services')}
              empty={f('list.any')}
              defaultValue={filters.service}
              options={facilityServices.map((key) => ({ value: key, label: f(`services.${key}`) }))}
            />
            <Select
              name="speciality"
              label={f('detail.specialities')}
              empty={f('list.any')}
              defaultValue={filters.speciality}
              options={specialities.map((key) => ({ value: key, label: f(`specialities.${key}`) }))}
            />
            <Select
              name="level"
              label={f('detail.level')}
              empty={f('list.any')}
              defaultValue={filters.level}
              options={careLevels.map((level) => ({ value: level, label: f(`levels.${level}`) }))}
            />
            <Select
              name="province"
              label={f('list.province')}
              empty={f('list.any')}
              defaultValue={filters.province}
              options={provinces.map((unit) => ({
                value: unit.code,
                label: locale === 'vi' ? unit.name : unit.nameEn,
              }))}
            />
          </div>
        </details>
        <div className="row">
          <Button>{t('search')}</Button>
          <Link href={mapHref(base, { view: filters.view })}>{t('clear')}</Link>
        </div>
      </form>
    </search>
  );
}

/** A tick that looks like a button which stays pressed. */
function Chip({ name, value, checked, label }: { name: string; value: string; checked: boolean; label: string }) {
  return (
    <label className="chip">
      <input type="checkbox" name={name} value={value} defaultChecked={checked} />
      <span>{label}</span>
    </label>
  );
}
