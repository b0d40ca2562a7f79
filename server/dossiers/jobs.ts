import { z } from 'zod';
import { Id, type Job, job, transaction } from '#server/platform/index.ts';
import { remindAnswer } from './answer-notices.ts';
import { expireUpload } from './commands/uploads.ts';
import { watchDeadline } from './escalate.ts';
import { printSlips } from './print-slips.ts';
import { recomputeDeadlines } from './recompute-deadlines.ts';

const remind = job('dossiers.remind-answer', z.object({ requestId: Id, notice: z.number().int() }), (ctx, due) =>
  transaction(ctx, (tx) => remindAnswer(tx, due.requestId, due.notice)),
);

const watch = job('dossiers.watch-deadline', z.object({ dossierId: Id }), (ctx, { dossierId }) =>
  transaction(ctx, (tx) => watchDeadline(tx, dossierId)),
);

const recompute = job(
  'dossiers.recompute-deadlines',
  z.object({ organisationId: Id.nullable() }),
  (ctx, { organisationId }) => recomputeDeadlines(ctx, organisationId),
);

const print = job('dossiers.print-slips', z.object({ dossierId: Id }), (ctx, { dossierId }) =>
  transaction(ctx, (tx) => printSlips(tx, dossierId)),
);

/** What the worker does for dossiers as time passes. */
export const dossiersJobs = [remind, watch, recompute, print, expireUpload] as Job[];
