import { cancelJob, enqueue, type TxContext } from '#server/platform/index.ts';

const keyOf = (dossierId: string) => `deadline:${dossierId}`;

/**
 * Has a dossier's deadline looked at: at once, or at `at`. One job a dossier, replaced by every fact of its clock, so a
 * pause, an extension or another calendar moves it. With `running` false nothing is to be watched.
 */
export async function watchAgain(ctx: TxContext, dossierId: string, running: boolean, at?: Date): Promise<void> {
  if (!running) return cancelJob(ctx, keyOf(dossierId));
  // the job table runs by the real clock, the instant is one of the system's own
  const runAt = at ? new Date(Date.now() + Math.max(0, at.getTime() - ctx.now().getTime())) : undefined;
  await enqueue(ctx, 'dossiers.watch-deadline', { dossierId }, { jobKey: keyOf(dossierId), ...(runAt && { runAt }) });
}
