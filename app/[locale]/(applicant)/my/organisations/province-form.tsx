import { useTranslations } from 'next-intl';
import { ChoiceForm } from '#app/_ui/choice-form.tsx';

/** Asks for the province first: the wards on the next page follow from it. */
export function ProvinceForm(props: {
  action: string;
  provinces: { code: string; fullName: string }[];
  chosen?: string | undefined;
}) {
  const t = useTranslations('identity');
  return (
    <ChoiceForm
      action={props.action}
      name="province"
      label={t('fields.province')}
      empty={t('fields.chooseProvince')}
      options={props.provinces.map((province) => ({ value: province.code, label: province.fullName }))}
      chosen={props.chosen}
      button={t('organisations.continue')}
    />
  );
}
