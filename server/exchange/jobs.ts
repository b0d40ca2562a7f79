import type { DailyJob, Job } from '#server/platform/index.ts';
import { seal } from './audit/seal-head.ts';
import { announce } from './webhooks/announce.ts';
import { deliver } from './webhooks/deliver.ts';
import { tryResting } from './webhooks/try-resting.ts';

export const exchangeJobs = [seal, announce, deliver, tryResting] as Job[];
export const exchangeDaily: DailyJob[] = [{ job: 'audit.seal-head', at: '00:05' }];
