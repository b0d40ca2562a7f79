/**
 * The form's rules for pages, client components included: the very code the server runs, without database, FEEL or generated code.
 * Everything else of the module is in `index.ts`.
 */
export type { FieldControl, FieldDefinition, FieldOption, FormDefinition, FormPage, Text } from './form/definition.ts';
export { type AnswerChange, diffAnswers } from './form/diff-answers.ts';
export { formatAnswer, formatDate, inLocale, type Locale, type LookUp } from './form/format-answer.ts';
export { cleanText, parseField, type RawAnswer } from './form/parse-field.ts';
export { expandPath, getAt, patternOf, setAt } from './form/paths.ts';
export { type Json, type JsonObject, type Schema, schemaAt } from './form/schema.ts';
export { matches } from './form/validate.ts';
export { firstOpenPage, validateAll, validatePage } from './form/validate-form.ts';
export { dropHidden, visibleFields, visiblePages } from './form/visibility.ts';
