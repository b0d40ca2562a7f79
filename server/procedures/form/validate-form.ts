import type { FieldError } from '#server/platform/errors.ts';
import type { FormDefinition } from './definition.ts';
import { getAt, patternOf, setAt } from './paths.ts';
import { type JsonObject, schemaAt } from './schema.ts';
import { validate } from './validate.ts';
import { dropHidden, visibleFields, visiblePages } from './visibility.ts';

/**
 * Every wrong or missing answer among the questions that are asked. What is hidden is dropped before and is never required,
 * so a page's condition is written once. Run by the browser before sending and by the server on what arrived.
 */
export function validateAll(form: FormDefinition, data: JsonObject): FieldError[] {
  const clean = dropHidden(form, data);
  const pages = visiblePages(form, clean);
  const asked = pages.flatMap((page) => visibleFields(form, page, clean));
  const lists = pages.flatMap((page) => (page.repeat ? [page.repeat.path] : []));
  let whole = clean;
  for (const parent of new Set(asked.flatMap(parentsOf)))
    if (getAt(whole, parent) === undefined && schemaAt(form.schema, parent)?.properties)
      whole = setAt(whole, parent, {});
  for (const path of lists) if (getAt(whole, path) === undefined) whole = setAt(whole, path, []);
  const known = new Set([...asked, ...lists]);
  return orderByPage(
    form,
    dedupe(validate(form.schema, whole).filter((error) => known.has(error.path) || belongsTo(error.path, asked))).map(
      (error) => named(form, inOwnWords(form, error)),
    ),
  );
}

/** The errors of one page. */
export const validatePage = (form: FormDefinition, pageId: string, data: JsonObject): FieldError[] =>
  errorsOfPage(form, pageId, validateAll(form, data));

/** Those of the errors of a whole form that belong to one page: who asks about many pages validates once. */
export function errorsOfPage(form: FormDefinition, pageId: string, errors: readonly FieldError[]): FieldError[] {
  const page = form.pages.find((each) => each.id === pageId);
  if (!page || errors.length === 0) return [];
  const mine = new Set(page.fields);
  return errors.filter((error) => {
    const pattern = patternOf(error.path);
    return (
      mine.has(pattern) ||
      page.repeat?.path === error.path ||
      page.fields.some((field) => pattern.startsWith(`${field}.`))
    );
  });
}

/** The first page that still has an error, to send the reader to; undefined when all is answered. */
export function firstOpenPage(form: FormDefinition, data: JsonObject): string | undefined {
  const errors = validateAll(form, data);
  return visiblePages(form, dropHidden(form, data)).find((page) => errorsOfPage(form, page.id, errors).length > 0)?.id;
}

/** An entry of a checkbox list reports to its field. */
function belongsTo(path: string, asked: readonly string[]): boolean {
  return asked.some((field) => path.startsWith(`${field}.`));
}

/** The objects above a field: they are made, so that what is missing is reported at the field and not at its parent. */
function parentsOf(path: string): string[] {
  const keys = path.split('.');
  return keys.slice(1).map((_, above) => keys.slice(0, above + 1).join('.'));
}

/** Rules whose general words say too little; a field may have its own words, or an example to show. */
const particular = new Set(['pattern', 'const', 'enum', 'not', 'anyOf'].map((rule) => `procedures.field.${rule}`));

function inOwnWords(form: FormDefinition, error: FieldError): FieldError {
  const field = form.fields[patternOf(error.path)];
  if (!field || !particular.has(error.reason)) return error;
  if (field.problem) return { ...error, reason: 'procedures.field.own', values: { ...field.problem } };
  if (!field.example || error.reason !== 'procedures.field.pattern') return error;
  return { ...error, reason: 'procedures.field.patternExample', values: { example: field.example } };
}

/** Adds what the question is called in both languages (`labelVi`, `labelEn`), so that a message needs nothing else; in a list with the entry's number. */
function named(form: FormDefinition, error: FieldError): FieldError {
  const pattern = patternOf(error.path);
  const repeat = form.pages.find(
    (page) => page.repeat && (page.repeat.path === pattern || pattern.startsWith(`${page.repeat.path}.*.`)),
  )?.repeat;
  const label = form.fields[pattern]?.label ?? repeat?.item ?? form.fields[pattern.replace(/\.\*$/, '')]?.label;
  if (!label) return error;
  const entry =
    repeat && repeat.path !== pattern ? Number(error.path.slice(repeat.path.length + 1).split('.')[0]) + 1 : null;
  const text = (locale: 'vi' | 'en') =>
    entry === null ? label[locale] : `${label[locale]} (${repeat!.item[locale]} ${entry})`;
  return { ...error, values: { ...error.values, labelVi: text('vi'), labelEn: text('en') } };
}

/** One error a field: the first found is the one to mend first. */
function dedupe(errors: FieldError[]): FieldError[] {
  const seen = new Set<string>();
  return errors.filter((error) => !seen.has(error.path) && seen.add(error.path));
}

function orderByPage(form: FormDefinition, errors: FieldError[]): FieldError[] {
  const order = form.pages.flatMap((page) => [...(page.repeat ? [page.repeat.path] : []), ...page.fields]);
  const rank = (error: FieldError) => order.indexOf(patternOf(error.path));
  return errors
    .map((error, i) => ({ error, i, rank: rank(error) }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map((each) => each.error);
}
