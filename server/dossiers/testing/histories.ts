/** Random histories of one dossier on the real commands, with deaths between any two statements and people acting at once. */
import { sql } from 'drizzle-orm';
import { runQueuedJobs } from '#db/testing/jobs.ts';
import { AppError } from '#server/platform/index.ts';
import { workerTasks } from '#server/worker.ts';
import { openTasksOf } from '#server/workflow/index.ts';
import { getDossier } from '../records.ts';
import { type CrashPoint, crashing, isCrash } from './crashes.ts';
import { brokenInvariants } from './invariants.ts';
import { copyDraft } from './journey.ts';
import { type Verb, verbs } from './verbs.ts';
import type { World } from './world.ts';

/** One act of a history; a step is one or several of them at once. */
export interface Act {
  verb: string;
  crash?: CrashPoint;
}
export type Step = Act[];

export interface History {
  steps: Step[];
  /** how the acts went: done, refused with a reason, crashed, or an error nobody may see */
  outcomes: Record<string, number>;
  faults: string[];
}

type Random = (below: number) => number;

export function randomOf(seed: number): Random {
  let x = (seed ^ 0x9e3779b9) >>> 0;
  return (below) => {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((x / 4_294_967_296) * below);
  };
}

/** The verbs that fit what the dossier waits for. */
async function fitting(world: World, dossierId: string): Promise<Verb[]> {
  const dossier = await getDossier(world.db, dossierId);
  if (dossier.state === 0) return verbs.filter((v) => v.at.includes('draft'));
  const nodes = dossier.instanceId ? (await openTasksOf(world.db, dossier.instanceId)).map((t) => t.node) : [];
  const fit = verbs.filter((v) => v.at.some((node) => nodes.includes(node)));
  return fit.length > 0 ? fit : verbs.filter((v) => v.at.includes('job') || v.at.includes('await-payment'));
}

async function nextStep(world: World, dossierId: string, random: Random): Promise<Step> {
  const fit = await fitting(world, dossierId);
  const one = (): Act => {
    const from = random(100) < 72 ? fit : verbs;
    const act: Act = { verb: from[random(from.length)]!.name };
    const death = random(100);
    if (death < 30) act.crash = { when: 'before', at: 1 + random(45) };
    else if (death < 38) act.crash = { when: 'after commit', at: 1 };
    return act;
  };
  return Array.from({ length: random(100) < 25 ? 2 + random(2) : 1 }, one);
}

/** The world as somebody sees it who dies at that point. */
function mortal(world: World, crash: CrashPoint | undefined): World {
  const db = crash ? crashing(world.db, crash) : world.db;
  const work = async () => {
    await runQueuedJobs(
      world.own,
      workerTasks(db, () => world.clock.at),
    );
  };
  return {
    ...world,
    as: (who) => ({ ...world.as(who), db }),
    asActor: (actor) => ({ ...world.asActor(actor), db }),
    work,
    fireTimers: async (instanceId, at) => {
      world.clock.at = at;
      await world.own.ownerDb.execute(
        sql`update graphile_worker._private_jobs set run_at = now() where key like ${`timer:${instanceId}:%`}`,
      );
      await work();
    },
  };
}

async function act(world: World, dossierId: string, { verb, crash }: Act, history: History): Promise<void> {
  const count = (how: string) => {
    history.outcomes[how] = (history.outcomes[how] ?? 0) + 1;
  };
  try {
    await verbs.find((v) => v.name === verb)!.play(mortal(world, crash), dossierId);
    count(`${verb}: done`);
  } catch (error) {
    if (isCrash(error)) count('crashed');
    else if (error instanceof AppError) count('refused');
    else history.faults.push(`${verb} ended with ${worded(error)}`);
  }
}

/** An error with the one behind it, since libraries wrap. */
const worded = (error: unknown): string =>
  error instanceof Error
    ? `${error.name}: ${error.message.split('\n')[0]}${error.cause ? `, because of ${worded(error.cause)}` : ''}`
    : String(error);

/** What was left to the queue is done, whatever died on the way: jobs that failed are due at once. */
async function settle(world: World): Promise<void> {
  for (let i = 0; i < 8; i += 1) {
    await world.own.ownerDb.execute(sql`update graphile_worker._private_jobs set run_at = now()
      where attempts > 0 and attempts < max_attempts and locked_at is null`);
    await mortal(world, undefined).work();
    const [left] = await world.own.ownerDb.execute<{ n: number }>(
      sql`select count(*)::int as n from graphile_worker.jobs where run_at <= now() and attempts < max_attempts`,
    );
    if (left?.n === 0) return;
  }
  throw new Error('the queue does not run empty');
}

/** Plays steps on a fresh copy of a draft, given or chosen on the way, and looks at everything afterwards. */
export async function playHistory(
  world: World,
  template: string,
  choose: { random: Random; length: number } | { steps: Step[] },
): Promise<History> {
  const before = new Set(await brokenInvariants(world.own.ownerDb, []));
  const dossierId = await copyDraft(world, template);
  const history: History = { steps: [], outcomes: {}, faults: [] };
  const length = 'steps' in choose ? choose.steps.length : choose.length;
  for (let i = 0; i < length && history.faults.length === 0; i += 1) {
    const step = 'steps' in choose ? choose.steps[i]! : await nextStep(world, dossierId, choose.random);
    history.steps.push(step);
    world.clock.at = new Date(world.clock.at.getTime() + 60_000);
    await Promise.all(step.map((one) => act(world, dossierId, one, history)));
  }
  await settle(world).catch((error) => history.faults.push(worded(error)));
  const broken = await brokenInvariants(world.own.ownerDb, [dossierId]);
  history.faults.push(...broken.filter((fault) => !before.has(fault)));
  return history;
}

/** Leaves out whatever the fault does not need: steps, then acts, then deaths. */
export async function shrink(world: World, template: string, found: History, attempts = 40): Promise<History> {
  let best = found;
  let left = attempts;
  const fails = async (steps: Step[]): Promise<boolean> => {
    left -= 1;
    const played = await playHistory(world, template, { steps });
    if (played.faults.length === 0) return false;
    best = played;
    return true;
  };
  for (let size = Math.ceil(best.steps.length / 2); size >= 1 && left > 0; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let i = 0; i < best.steps.length && left > 0; )
      if (!(await fails(best.steps.filter((_, k) => k < i || k >= i + size)))) i += size;
  for (let i = 0; i < best.steps.length && left > 0; i += 1)
    if (best.steps[i]!.some((one) => one.crash))
      await fails(best.steps.map((step, k) => (k === i ? step.map(({ verb }) => ({ verb })) : step)));
  return best;
}

/** A history to read: one line a step. */
export const written = (history: History): string =>
  [
    ...history.steps.map(
      (step, i) =>
        `  ${i + 1}. ${step.map((one) => one.verb + (one.crash ? ` (dies ${one.crash.when} ${one.crash.at})` : '')).join(' | ')}`,
    ),
    ...history.faults.map((fault) => `  ✗ ${fault}`),
  ].join('\n');
