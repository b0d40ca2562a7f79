import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { Select } from '#app/_ui/field.tsx';
import { localePath } from '#i18n/locale-path.ts';

/** Asks for the province first, as an address: the wards on the next page follow from it, without a script too. */
export function ProvinceForm(props: {
  action: string;
  provinces: { code: string; fullName: string }[];
  chosen?: string | undefined;
}) {
  const t = useTranslations('identity');
  return (
    <form className="form" action={localePath(useLocale(), props.action)} method="get">
      <Select
        name="province"
        label={t('fields.province')}
        empty={t('fields.chooseProvince')}
        options={props.provinces.map((province) => ({ value: province.code, label: province.fullName }))}
        defaultValue={props.chosen ?? ''}
      />
      <Button kind={props.chosen ? 'quiet' : 'primary'}>{t('organisations.continue')}</Button>
    </form>
  );
}
