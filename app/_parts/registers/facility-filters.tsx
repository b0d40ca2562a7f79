import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '#app/_ui/button.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { FacilityKind } from '#server/facilities/inputs.ts';
import { licenceStatuses } from '#server/facilities/rules.ts';
import type { TerritoryUnit } from '#server/territory/index.ts';
import type { FacilityFilters } from './facility-query.ts';

/** Words and filters, as an address: the list can be sent to somebody as it stands. */
export function FacilityFilterForm(props: {
  base: string;
  filters: FacilityFilters;
  provinces: TerritoryUnit[];
  /** beside the filters */
  more?: ReactNode;
}) {
  const { base, filters, provinces, more } = props;
  const t = useTranslations('facilities');
  const locale = useLocale();
  return (
    <FilterForm
      action={base}
      label={t('list.title')}
      more={
        <LinkButton kind="text" href={base}>
          {t('list.clear')}
        </LinkButton>
      }
    >
      <TextField
        name="q"
        type="search"
        label={t('list.q')}
        hint={t('list.qHint')}
        defaultValue={filters.q}
        autoComplete="off"
        spellCheck={false}
      />
      <Select
        name="province"
        label={t('list.province')}
        empty={t('list.any')}
        defaultValue={filters.province}
        options={provinces.map((unit) => ({ value: unit.code, label: locale === 'vi' ? unit.name : unit.nameEn }))}
      />
      <Select
        name="kind"
        label={t('list.kind')}
        empty={t('list.any')}
        defaultValue={filters.kind}
        options={FacilityKind.options.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
      />
      <Select
        name="status"
        label={t('list.status')}
        empty={t('list.any')}
        defaultValue={filters.status}
        options={licenceStatuses.map((status) => ({ value: status, label: t(`status.${status}`) }))}
      />
      {more}
      <OpenNow checked={filters.open} label={t('list.openNow')} />
    </FilterForm>
  );
}

/** A tick that stands in the address as `open=1`. */
function OpenNow({ checked, label }: { checked: boolean; label: string }) {
  return (
    <div className="choice">
      <input id="f-open" type="checkbox" name="open" value="1" defaultChecked={checked} />
      <label htmlFor="f-open">{label}</label>
    </div>
  );
}
