import type { JsonObject } from '#server/procedures/index.ts';

const asTyped = (value: unknown): string =>
  value === true ? 'yes' : value === false ? 'no' : String(value).replace('.', ',');

/** Answers as the pages of the form send them: one text or list by path. */
export function formValues(answers: JsonObject, prefix = ''): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const [key, value] of Object.entries(answers)) {
    const path = `${prefix}${key}`;
    if (Array.isArray(value) && value.some((each) => typeof each === 'object')) {
      values[`${path}.count`] = String(value.length);
      value.forEach((each, i) => {
        Object.assign(values, formValues(each as JsonObject, `${path}.${i}.`));
      });
    } else if (Array.isArray(value)) values[path] = value.map(String);
    else if (typeof value === 'object' && value !== null) Object.assign(values, formValues(value, `${path}.`));
    else values[path] = typeof value === 'string' ? value : asTyped(value);
  }
  return values;
}
