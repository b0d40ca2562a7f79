import { z } from 'zod';
import { limited, procedure, router, shape } from '#server/trpc/init.ts';
import { cancelExport } from './commands/cancel-export.ts';
import { decideChange, withdrawChange } from './commands/decide-change.ts';
import { decideImport, proposeImport, proposeUndo } from './commands/decide-import.ts';
import { keepApart, lookForDuplicates } from './commands/duplicates.ts';
import { chooseSheet, decideRows, discardImport, mapImport } from './commands/prepare-import.ts';
import { proposeChange } from './commands/propose-change.ts';
import { startExport } from './commands/start-export.ts';
import { answerSuggestion } from './commands/suggestions.ts';
import { uploadImport } from './commands/upload-import.ts';
import {
  AnswerSuggestion,
  ChooseSheet,
  DecideChange,
  DecideImport,
  DecideRows,
  EntriesAsOf,
  EntryAsOf,
  EntryRef,
  ExportRef,
  ImportRef,
  ImportRows,
  KeepApart,
  ListDuplicates,
  ListImports,
  ListRequests,
  ListSuggestions,
  MapImport,
  ProposeChange,
  ProposeImport,
  RegisterOnly,
  RequestRef,
  StartExport,
  SuggestionRef,
  UploadImport,
} from './inputs.ts';
import { getChangeRequest, listChangeRequests } from './queries/change-requests.ts';
import { registersDesk } from './queries/desk.ts';
import { listDuplicates } from './queries/duplicates.ts';
import { entriesAsOf } from './queries/entries-as-of.ts';
import { entryAsOf } from './queries/entry-history.ts';
import { listExports } from './queries/exports.ts';
import { changeForm, emptyForm } from './queries/form-of.ts';
import { getImportView, listImportRows, listImports } from './queries/imports.ts';
import { getSuggestion, listSuggestions } from './queries/suggestions.ts';

export const registersRouter = router({
  entry: procedure.input(shape(EntryAsOf)).query(({ ctx, input }) => entryAsOf(ctx, input)),
  entries: procedure.input(shape(EntriesAsOf)).query(({ ctx, input }) => entriesAsOf(ctx, input)),
  changeForm: procedure.input(shape(EntryRef)).query(({ ctx, input }) => changeForm(ctx, input)),
  emptyForm: procedure.input(shape(RegisterOnly)).query(({ ctx, input }) => emptyForm(ctx, input)),
  desk: procedure.input(shape(z.strictObject({}))).query(({ ctx, input }) => registersDesk(ctx, input)),
  requests: procedure.input(shape(ListRequests)).query(({ ctx, input }) => listChangeRequests(ctx, input)),
  request: procedure.input(shape(RequestRef)).query(({ ctx, input }) => getChangeRequest(ctx, input)),
  propose: limited('register-propose', 200)
    .input(shape(ProposeChange))
    .mutation(({ ctx, input }) => proposeChange(ctx, input)),
  decide: procedure.input(shape(DecideChange)).mutation(({ ctx, input }) => decideChange(ctx, input)),
  withdraw: procedure.input(shape(RequestRef)).mutation(({ ctx, input }) => withdrawChange(ctx, input)),
  suggestions: procedure.input(shape(ListSuggestions)).query(({ ctx, input }) => listSuggestions(ctx, input)),
  suggestion: procedure.input(shape(SuggestionRef)).query(({ ctx, input }) => getSuggestion(ctx, input)),
  answerSuggestion: procedure.input(shape(AnswerSuggestion)).mutation(({ ctx, input }) => answerSuggestion(ctx, input)),
  imports: procedure.input(shape(ListImports)).query(({ ctx, input }) => listImports(ctx, input)),
  import: procedure.input(shape(ImportRef)).query(({ ctx, input }) => getImportView(ctx, input)),
  importRows: procedure.input(shape(ImportRows)).query(({ ctx, input }) => listImportRows(ctx, input)),
  uploadImport: limited('register-import', 60)
    .input(shape(UploadImport))
    .mutation(({ ctx, input }) => uploadImport(ctx, input)),
  chooseSheet: procedure.input(shape(ChooseSheet)).mutation(({ ctx, input }) => chooseSheet(ctx, input)),
  mapImport: procedure.input(shape(MapImport)).mutation(({ ctx, input }) => mapImport(ctx, input)),
  decideRows: procedure.input(shape(DecideRows)).mutation(({ ctx, input }) => decideRows(ctx, input)),
  proposeImport: procedure.input(shape(ProposeImport)).mutation(({ ctx, input }) => proposeImport(ctx, input)),
  proposeUndo: procedure.input(shape(ProposeImport)).mutation(({ ctx, input }) => proposeUndo(ctx, input)),
  decideImport: procedure.input(shape(DecideImport)).mutation(({ ctx, input }) => decideImport(ctx, input)),
  discardImport: procedure.input(shape(ImportRef)).mutation(({ ctx, input }) => discardImport(ctx, input)),
  duplicates: procedure.input(shape(ListDuplicates)).query(({ ctx, input }) => listDuplicates(ctx, input)),
  keepApart: procedure.input(shape(KeepApart)).mutation(({ ctx, input }) => keepApart(ctx, input)),
  lookForDuplicates: limited('register-duplicates', 30)
    .input(shape(RegisterOnly))
    .mutation(({ ctx, input }) => lookForDuplicates(ctx, input)),
  exports: procedure.input(shape(z.strictObject({}))).query(({ ctx, input }) => listExports(ctx, input)),
  startExport: limited('register-export', 60)
    .input(shape(StartExport))
    .mutation(({ ctx, input }) => startExport(ctx, input)),
  cancelExport: procedure.input(shape(ExportRef)).mutation(({ ctx, input }) => cancelExport(ctx, input)),
});
