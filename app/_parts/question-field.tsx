import { getLocale, getTranslations } from 'next-intl/server';
import { Checkboxes, Radios } from '#app/_ui/choices.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select, TextArea, TextField } from '#app/_ui/field.tsx';
import type { Locale } from '#i18n/routing.ts';
import { type FormDefinition, getAt, type Json, type JsonObject, patternOf } from '#server/procedures/rules.ts';
import { WardField } from './ward-field.tsx';

export interface Place {
  code: string;
  fullName: string;
}

interface QuestionFieldProps {
  form: FormDefinition;
  path: string;
  answers: JsonObject;
  /** the only question of its page: its label is the page's heading */
  alone: boolean;
  provinces: readonly Place[];
  /** wards of the province answered in the same address */
  wards: readonly Place[];
}

/** One question of a procedure's form, as the control its definition asks for. */
export async function QuestionField({ form, path, answers, alone, provinces, wards }: QuestionFieldProps) {
  const [locale, t] = await Promise.all([getLocale() as Promise<Locale>, getTranslations('dossiers')]);
  const field = form.fields[patternOf(path)];
  if (!field) return null;
  const value = getAt(answers, path);
  const common = {
    name: path,
    label: field.label[locale],
    ...(field.hint ? { hint: field.hint[locale] } : {}),
    ...(alone ? { question: true } : {}),
  };
  const options = (field.options ?? []).map((option) => ({
    value: option.value,
    label: option.label[locale],
    ...(option.hint ? { hint: option.hint[locale] } : {}),
  }));
  const places = (list: readonly Place[]) => list.map((place) => ({ value: place.code, label: place.fullName }));
  switch (field.control) {
    case 'radio':
      return <Radios {...common} options={options} defaultValue={text(value)} />;
    case 'yesNo':
      return (
        <Radios
          {...common}
          inline
          options={[
            { value: 'yes', label: t('form.yes') },
            { value: 'no', label: t('form.no') },
          ]}
          defaultValue={value === true ? 'yes' : value === false ? 'no' : ''}
        />
      );
    case 'checkboxes':
      return (
        <>
          <input type="hidden" name={`${path}.shown`} value="1" />
          <Checkboxes {...common} options={options} defaultValue={Array.isArray(value) ? value.map(String) : []} />
        </>
      );
    case 'select':
      return <Select {...common} options={options} defaultValue={text(value)} empty={t('form.choose')} />;
    case 'province':
      return (
        <Select {...common} options={places(provinces)} defaultValue={text(value)} empty={t('form.chooseProvince')} />
      );
    case 'ward':
      return (
        <WardField
          {...common}
          options={places(wards)}
          defaultValue={text(value)}
          empty={t('form.chooseWard')}
          province={provincePath(form, path)}
        />
      );
    case 'date':
      return <DateField {...common} defaultValue={typeof value === 'string' ? value : ''} />;
    case 'textarea':
      return <TextArea {...common} defaultValue={text(value)} />;
    default:
      return (
        <TextField
          {...common}
          defaultValue={typeof value === 'number' ? numberText(value, locale) : text(value)}
          type={field.control === 'email' ? 'email' : field.control === 'phone' ? 'tel' : 'text'}
          {...(field.control === 'number' ? { inputMode: 'decimal' as const, width: 10 as const } : {})}
          {...(field.control === 'digits' ? { inputMode: 'numeric' as const, width: 20 as const } : {})}
          {...(field.control === 'time' ? { width: 4 as const, placeholder: 'hh:mm' } : {})}
          {...(field.unit ? { suffix: field.unit } : {})}
          {...(field.autocomplete ? { autoComplete: field.autocomplete } : {})}
        />
      );
  }
}

/** The question for the province that belongs to a ward: the one beside it in the same group of answers. */
const provincePath = (form: FormDefinition, ward: string): string => {
  const group = ward.slice(0, ward.lastIndexOf('.') + 1);
  return (
    Object.keys(form.fields).find((path) => path.startsWith(group) && form.fields[path]?.control === 'province') ?? ''
  );
};

const text = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Numbers as they may be typed back: no thousands, a comma in Vietnamese. */
const numberText = (value: number, locale: Locale): string =>
  locale === 'vi' ? String(value).replace('.', ',') : String(value);
