import { limited, procedure, router, shape } from '#server/trpc/init.ts';
import { decideChange, withdrawChange } from './commands/decide-change.ts';
import { proposeChange } from './commands/propose-change.ts';
import { answerSuggestion } from './commands/suggestions.ts';
import {
  AnswerSuggestion,
  DecideChange,
  EntryAsOf,
  EntryRef,
  ListRequests,
  ListSuggestions,
  ProposeChange,
  RegisterOnly,
  RequestRef,
  SuggestionRef,
} from './inputs.ts';
import { getChangeRequest, listChangeRequests } from './queries/change-requests.ts';
import { entryAsOf } from './queries/entry-history.ts';
import { changeForm, emptyForm } from './queries/form-of.ts';
import { getSuggestion, listSuggestions } from './queries/suggestions.ts';

export const registersRouter = router({
  entry: procedure.input(shape(EntryAsOf)).query(({ ctx, input }) => entryAsOf(ctx, input)),
  changeForm: procedure.input(shape(EntryRef)).query(({ ctx, input }) => changeForm(ctx, input)),
  emptyForm: procedure.input(shape(RegisterOnly)).query(({ ctx, input }) => emptyForm(ctx, input)),
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
});
