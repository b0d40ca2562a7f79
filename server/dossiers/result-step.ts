import { AppError, type TxContext } from '#server/platform/index.ts';
import { type DossierResult, findResult } from './records.ts';
import { type DossierAtStep, lockAtStep, type StepNode } from './steps.ts';

/** A dossier at a step of its result, with the result that was drafted last. */
export interface ResultSubject extends DossierAtStep {
  result: DossierResult | null;
}

/** Locks a dossier at one of these steps. @throws AppError as `lockAtStep` does */
export const lockResult =
  (...nodes: StepNode[]) =>
  async (ctx: TxContext, input: { dossierId: string }): Promise<ResultSubject> => ({
    ...(await lockAtStep(ctx, input.dossierId, ...nodes)),
    result: await findResult(ctx.tx, input.dossierId),
  });

/** @throws AppError invalidState where nothing was drafted yet */
export function resultOf({ result }: ResultSubject): DossierResult {
  if (!result) throw new AppError('invalidState', 'dossiers.errors.noResultDrafted');
  return result;
}
