export * from './actor.ts';
export { type AuditFacts, recordAudit, verifyAuditChain } from './audit.ts';
export { authorise } from './authorise.ts';
export { limitsDaily, limitsJobs } from './clear-limits.ts';
export { now } from './clock.ts';
export { command, nothing } from './command.ts';
export { as, type Context, inTransaction, newContext, reader, reading, type TxContext } from './context.ts';
export { entityTag, notModified } from './entity-tag.ts';
export { AppError, type ErrorCode, errorTable, type FieldError, notFound } from './errors.ts';
export { type FileScan, getFile, readFile, type StoredFile, storeFile, storeFileInPieces } from './files.ts';
export { gtin14 } from './gs1.ts';
export { newId, newSecret } from './ids.ts';
export { Id, line, PlainText, paragraph, parseInput } from './input.ts';
export { returnAttempt, takeAttempt } from './limits.ts';
export {
  cancelJob,
  crontabOf,
  type DailyJob,
  enqueue,
  type Job,
  type JobHandler,
  type JobOptions,
  job,
} from './outbox.ts';
export { query } from './query.ts';
export { nextNumber } from './sequences.ts';
export { checkSheet, largestSheet } from './sheets/check-sheet.ts';
export { csvLine, csvMark } from './sheets/csv-text.ts';
export { dayOf } from './sheets/number-formats.ts';
export { rowsOfBytes, rowsOfFile, sheetNames } from './sheets/read-sheet.ts';
export { withoutApostrophe } from './sheets/safe-cell.ts';
export { type SheetFormat, type SheetRow, sheetFault, sheetTypes } from './sheets/sheet.ts';
export { xlsxStream } from './sheets/xlsx-text.ts';
export { searchable } from './text.ts';
export { transaction } from './transaction.ts';
export { acceptedNames, checkUpload, storeChecked, storeUpload, type UploadLimits } from './uploads.ts';
