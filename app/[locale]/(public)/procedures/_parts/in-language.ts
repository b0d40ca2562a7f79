/** The reader's half of a text that a procedure has in both languages. */
export const inLanguage =
  (locale: string) =>
  (text: { vi: string; en: string }): string =>
    locale === 'vi' ? text.vi : text.en;
