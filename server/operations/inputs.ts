import { z } from 'zod';
import { paragraph } from '#server/platform/input.ts';

/** Number of a job in the queue. */
const JobNumber = z.string().regex(/^\d{1,18}$/);

export const Nothing = z.strictObject({});
export const RetryJob = z.strictObject({ jobId: JobNumber });
export type RetryJob = z.output<typeof RetryJob>;
export const DiscardJob = z.strictObject({ jobId: JobNumber, reason: paragraph(500) });
export type DiscardJob = z.output<typeof DiscardJob>;
