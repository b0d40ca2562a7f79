import { getTranslations } from 'next-intl/server';

/** The fields of an entry to choose from, by their labels. */
export async function fieldOptions(register: string, fields: readonly { name: string }[]) {
  const t = await getTranslations();
  return fields.map(({ name }) => ({
    value: name,
    label: t(`${register}.fields.${name}` as 'facilities.fields.name'),
  }));
}
