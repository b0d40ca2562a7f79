import { timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { dossiers } from '#db/schema/dossiers.ts';
import {
  as,
  bearerOf,
  type Context,
  notFound,
  parseInput,
  reading,
  systemActor,
  takeAttempt,
} from '#server/platform/index.ts';
import { getVersion, type Text } from '#server/procedures/index.ts';
import { openTasksOf } from '#server/workflow/index.ts';
import { explainClock } from '../clock.ts';
import { TrackDossier } from '../inputs.ts';
import { type PhaseView, phasesOf } from '../phases.ts';
import { lapsedOf, requestsOf } from '../records.ts';
import { type DossierStateName, dossierStates, endedEarly, isState, normaliseCode, normaliseSecret } from '../rules.ts';
import { type StepNode, shownOutside } from '../steps.ts';
import { workingDaysLeft } from './working-days-left.ts';

/** What anybody with code and secret may know: nothing about the person or the business. */
export interface TrackedDossier {
  code: string;
  procedureTitle: Text;
  state: DossierStateName;
  stateNumber: number;
  /** the open step and whose it is, by role; null when nothing is open */
  step: StepNode | null;
  role: string | null;
  since: Date | null;
  filedAt: Date | null;
  receivedAt: Date | null;
  dueAt: Date | null;
  workingDaysLeft: number | null;
  stopped: boolean;
  /** until when the applicant owes an answer, or owed the one that never came */
  answerDueAt: Date | null;
  /** ended because that answer did not come in time */
  lapsed: boolean;
  /** supplements asked for so far */
  supplements: number;
  phases: PhaseView[];
}

/**
 * The state of a dossier for whoever has its code and secret. A wrong code and a wrong secret give the same answer
 * after the same work; attempts are counted by code and by address.
 */
export async function trackDossier(
  ctx: Context,
  raw: { code: string; secret: string },
  address: string,
): Promise<TrackedDossier> {
  const input = parseInput(TrackDossier, raw);
  const code = normaliseCode(input.code);
  await takeAttempt(ctx.db, `track:${address}`, 30, 600, ctx.now());
  await takeAttempt(ctx.db, `track:${code}`, 30, 600, ctx.now());
  const secret = normaliseSecret(input.secret);
  return reading(as(ctx, bearerOf({ code, secret })), (inner) => tracked(inner, code, secret));
}

async function tracked(ctx: Context, code: string, secret: string): Promise<TrackedDossier> {
  const [dossier] = await ctx.db.select().from(dossiers).where(eq(dossiers.code, code));
  const right = sameSecret(secret, dossier?.trackingSecret ?? '');
  if (!dossier || !right) notFound('dossiers.errors.trackingPair');
  const version = await getVersion(ctx.db, dossier.procedureVersionId);
  const tasks = dossier.instanceId ? await openTasksOf(ctx.db, dossier.instanceId) : [];
  const clock = await explainClock(ctx.db, dossier, ctx.now());
  // a bearer learns how many there were and reads none of them
  const requests = await requestsOf(as(ctx, systemActor('tracking')).db, dossier.id);
  const shown = tasks[0] && shownOutside(tasks[0].node as StepNode, tasks[0].role);
  const owed = requests.find((each) => each.answeredAt === null && each.lapsedAt === null);
  const lapsed = lapsedOf(dossier, requests);
  const running = clock?.state === 'running' && dossier.dueAt;
  return {
    code,
    procedureTitle: version.title,
    state: dossierStates[isState(dossier.state) ? dossier.state : 0],
    stateNumber: dossier.state,
    step: shown?.node ?? null,
    role: shown?.role ?? null,
    since: tasks[0]?.createdAt ?? null,
    filedAt: dossier.filedAt,
    receivedAt: dossier.receivedAt,
    dueAt: endedEarly(dossier.state) ? null : dossier.dueAt,
    workingDaysLeft: running ? await workingDaysLeft(ctx.db, dossier.authorityId!, ctx.now(), dossier.dueAt!) : null,
    stopped: clock?.state === 'stopped',
    answerDueAt: (owed ?? lapsed)?.answerDueAt ?? null,
    lapsed: lapsed !== null,
    supplements: requests.filter((each) => each.kind === 'supplement').length,
    phases: await phasesOf(ctx.db, dossier, version),
  };
}

function sameSecret(given: string, stored: string): boolean {
  const width = 64;
  const left = Buffer.from(given.padEnd(width).slice(0, width), 'utf8');
  const right = Buffer.from(stored.padEnd(width).slice(0, width), 'utf8');
  return left.length === right.length && timingSafeEqual(left, right) && stored !== '';
}
