export {
  checklistFor,
  type Fee,
  feeFor,
  feeList,
  type GuideAnswer,
  guide,
  type Paper,
  papersFor,
  paperTitles,
  prefill,
  routedProvince,
  titleOf,
} from './apply.ts';
export { publishBuiltIn } from './built-in.ts';
export { checkProcedure } from './check-procedure.ts';
export type { AnswerNotice, Deadlines, PaperDefinition, ProcedureDefinition } from './definition.ts';
export type { ProcedureData, ProcedureProblem } from './folder.ts';
export {
  type AnswerChange,
  cleanText,
  diffAnswers,
  dropHidden,
  errorsOfPage,
  expandPath,
  type FieldDefinition,
  type FieldOption,
  type FormDefinition,
  type FormPage,
  firstOpenPage,
  formatAnswer,
  formatDate,
  getAt,
  inLocale,
  type Json,
  type JsonObject,
  type Locale,
  type LookUp,
  matches,
  parseField,
  patternOf,
  type RawAnswer,
  type Schema,
  setAt,
  type Text,
  validateAll,
  validatePage,
  visibleFields,
  visiblePages,
} from './form/index.ts';
export { type Published, publishProcedure } from './publish.ts';
export {
  askGuide,
  type CatalogueEntry,
  catalogue,
  getProcedure,
  getProcedureVersion,
  type ProcedureView,
} from './queries.ts';
export { type SearchEntry, type SearchHit, searchCatalogue } from './search.ts';
export {
  currentVersion,
  currentVersions,
  findCurrentVersion,
  getVersion,
  type ProcedureVersion,
  type ResultKind,
} from './version.ts';
