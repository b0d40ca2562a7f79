export { decideChange, withdrawChange } from './commands/decide-change.ts';
export { proposeChange } from './commands/propose-change.ts';
export { answerSuggestion, suggestCorrection, suggestFrom } from './commands/suggestions.ts';
export {
  openRegisters,
  type Projected,
  type Register,
  registerOf,
} from './define.ts';
export * as fields from './fields.ts';
export { registersJobs } from './jobs.ts';
export { canReadRequest, canWorkOnRegisters } from './policy.ts';
export type { RequestLine, RequestView } from './queries/change-requests.ts';
export { type EntryHistory, entryAsOf, type HistoryEntry } from './queries/entry-history.ts';
export type { ChangeForm, FormField } from './queries/form-of.ts';
export { lookUpSuggestion, type SuggestionLine } from './queries/suggestions.ts';
export { type NewVersion, recordVersions } from './record-versions.ts';
export { type Entry, findEntry, keptBy, versionsOn } from './records.ts';
export { type Content, changedFields, keyOf } from './rules.ts';
