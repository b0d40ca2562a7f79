export { decideChange, withdrawChange } from './commands/decide-change.ts';
export { decideImport, proposeImport, proposeUndo } from './commands/decide-import.ts';
export { keepApart, lookForDuplicates } from './commands/duplicates.ts';
export { chooseSheet, decideRows, discardImport, mapImport } from './commands/prepare-import.ts';
export { proposeChange } from './commands/propose-change.ts';
export { startExport } from './commands/start-export.ts';
export { answerSuggestion, suggestCorrection, suggestFrom } from './commands/suggestions.ts';
export { uploadImport } from './commands/upload-import.ts';
export {
  type Act,
  openRegisters,
  type Projected,
  type Register,
  registerOf,
  type Trace,
} from './define.ts';
export * as fields from './fields.ts';
export { registersDaily, registersJobs } from './jobs.ts';
export { canReadRequest, canWorkOnRegisters } from './policy.ts';
export type { RequestLine, RequestView } from './queries/change-requests.ts';
export { type DuplicatePair, listDuplicates } from './queries/duplicates.ts';
export { type EntriesOnDay, type EntryOnDay, entriesAsOf } from './queries/entries-as-of.ts';
export { type EntryHistory, entryAsOf, type HistoryEntry } from './queries/entry-history.ts';
export { canReadExport, type ExportLine, listExports } from './queries/exports.ts';
export type { ChangeForm, FormField } from './queries/form-of.ts';
export type { ImportLine, ImportView, RowView } from './queries/imports.ts';
export { lookUpSuggestion, type SuggestionLine } from './queries/suggestions.ts';
export { type NewVersion, recorderOf, recordVersions } from './record-versions.ts';
export { type Entry, findEntries, findEntry, keptBy, mergedInto, movedEntry, versionsOn } from './records.ts';
export { admissionFaults, type Content, changedFields, keyOf } from './rules.ts';
export * as search from './search.ts';
export { type EntryChange, onEntriesChanged, tellEntriesChanged } from './tell-changed.ts';
