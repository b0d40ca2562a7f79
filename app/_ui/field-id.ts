/** The id of an input by its name, and by the id of its form where a page has several: error summaries link to it. */
export const fieldId = (name: string, form = 'f'): string => `${form}-${name.replace(/[^\w]+/g, '-')}`;
