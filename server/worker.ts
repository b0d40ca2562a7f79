import { EventEmitter } from 'node:events';
import { Logger, type ParsedCronItem, parseCronItems, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Database } from '#db/client.ts';
import { livingWorkers } from '#db/living-workers.ts';
import { dossiersJobs } from './dossiers/index.ts';
import { drugsJobs } from './drugs/index.ts';
import { exchangeDaily, exchangeJobs } from './exchange/index.ts';
import { facilitiesDaily, facilitiesJobs } from './facilities/index.ts';
import { identityJobs } from './identity/index.ts';
import { notificationsJobs } from './notifications/index.ts';
import { paymentsDaily, paymentsJobs } from './payments/index.ts';
import { database } from './platform/database.ts';
import { env } from './platform/env.ts';
import {
  crontabOf,
  type DailyJob,
  type Job,
  limitsDaily,
  limitsJobs,
  newContext,
  newId,
  now,
  systemActor,
} from './platform/index.ts';
import { log } from './platform/log.ts';
import { platformJobs } from './platform/scan-files.ts';
import { registersDaily, registersJobs } from './registers/index.ts';
import { wire } from './wiring.ts';
import { workflowJobs } from './workflow/index.ts';

/** Every job the system knows, by module. */
const jobs: Job[] = [
  ...dossiersJobs,
  ...drugsJobs,
  ...exchangeJobs,
  ...facilitiesJobs,
  ...identityJobs,
  ...limitsJobs,
  ...notificationsJobs,
  ...paymentsJobs,
  ...platformJobs,
  ...registersJobs,
  ...workflowJobs,
];

/** What runs once a day, by module. */
const daily: DailyJob[] = [...exchangeDaily, ...facilitiesDaily, ...limitsDaily, ...paymentsDaily, ...registersDaily];

/** The daily jobs as the queue plans them; a run that was missed within a day is made up for. */
export const workerCron = (): ParsedCronItem[] =>
  parseCronItems(
    daily.map((each) => ({ task: each.job, match: crontabOf(each), options: { backfillPeriod: 86_400_000 } })),
  );

/** What the queue calls for each job: its handler, as the system, by a clock. */
export function workerTasks(db: Database, clock: () => Date = now): TaskList {
  const taskList: TaskList = {};
  for (const job of jobs) {
    taskList[job.name] = async (raw, { job: row }) => {
      const ctx = newContext(db, systemActor(job.name), clock, `job-${row.id}-${newId()}`);
      await job.handler(ctx, job.payload.parse(raw), { number: row.attempts, last: row.attempts >= row.max_attempts });
    };
  }
  return taskList;
}

/** The second process: takes jobs as soon as they are committed and runs them as the system, at least once each. */
export async function runWorker(
  options: { concurrency?: number } = {},
): Promise<{ stop: () => Promise<void>; finished: Promise<void> }> {
  wire();
  const taskList = workerTasks(database());
  const living = livingWorkers(env().databaseOwnerUrl!, (message, facts) => log.warn(message, facts));
  const events: WorkerEvents = new EventEmitter();
  events.on('worker:create', ({ worker }) => living.claim(worker.workerId));
  events.on('worker:stop', ({ worker }) => living.release(worker.workerId));
  const runner = await run({
    connectionString: env().databaseOwnerUrl,
    concurrency: options.concurrency ?? 4,
    pollInterval: 1000,
    noHandleSignals: true,
    taskList,
    events,
    parsedCronItems: workerCron(),
    logger: new Logger(
      (scope) => (level, message, meta) => log[level === 'warning' ? 'warn' : level](message, { ...scope, ...meta }),
    ),
  });
  const stop = async (): Promise<void> => {
    await runner.stop();
    await living.end();
  };
  return { stop, finished: runner.promise };
}
