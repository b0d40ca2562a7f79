import { useTranslations } from 'next-intl';

/** Labels of a register's fields, and words for the options among their values. */
export function useFieldTexts(register: string) {
  const t = useTranslations();
  const said = (key: string): string | null => (t.has(key as never) ? t(key as never) : null);
  // an option has its words under the field's name, or under its plural, as registers with lists of their own have them
  const optionOf = (name: string, option: string): string =>
    said(`${register}.${name}.${option}`) ?? said(`${register}.${name}s.${option}`) ?? option;
  return {
    labelOf: (name: string): string => said(`${register}.fields.${name}`) ?? name,
    /** how a field is filled in, where that needs a word */
    hintOf: (name: string): string | null => said(`${register}.hints.${name}`),
    optionOf,
    /** the text of a field as people read it */
    textOf: (name: string, text: string): string =>
      text
        .split('; ')
        .map((part) => {
          // an option with its number, as beds have one each
          const [, option, count] = /^([a-z-]+): (\d+)$/.exec(part) ?? [];
          return option ? `${optionOf(name, option)}: ${count}` : optionOf(name, part);
        })
        .join('; '),
  };
}
