import { procedure, router, shape } from '#server/trpc/init.ts';
import { changePin, releaseKey } from './commands/keep-keys.ts';
import { ChangePin, KeyId, ListKeys } from './inputs.ts';
import { listKeys } from './queries/list-keys.ts';

export const signaturesRouter = router({
  keys: procedure.input(shape(ListKeys)).query(({ ctx, input }) => listKeys(ctx, input)),
  changePin: procedure.input(shape(ChangePin)).mutation(({ ctx, input }) => changePin(ctx, input)),
  releaseKey: procedure.input(shape(KeyId)).mutation(({ ctx, input }) => releaseKey(ctx, input)),
});
