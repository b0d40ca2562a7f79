import { and, asc, count, desc, eq, gt, inArray, isNull, lt, not, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { delegations } from '#db/schema/delegations.ts';
import { dossiers } from '#db/schema/dossiers.ts';
import { tasks } from '#db/schema/workflow.ts';
import { calendarOf, localDate, type WorkCalendar, workingDaysBetween } from '#server/calendar/index.ts';
import {
  type Actor,
  allow,
  type Context,
  query,
  refuse,
  searchable,
  signInFirst,
  type Verdict,
} from '#server/platform/index.ts';
import { getVersion, type JsonObject, type Text, titleOf } from '#server/procedures/index.ts';
import { DossierList, Inbox } from '../inputs.ts';
import { type Dossier, dossiersVisibleTo, ownDossiersOf } from '../records.ts';
import { type DossierStateName, dossierStates, isState, type Urgency, urgencyOf } from '../rules.ts';
import { officialSteps, type StepNode, stepRoles } from '../steps.ts';

export interface Page<T> {
  items: T[];
  page: number;
  pageSize: number;
  total: number;
}

const pageSize = 20;
const signedIn = (actor: Actor): Verdict => (actor.kind === 'person' ? allow : signInFirst);
const official = (actor: Actor): Verdict =>
  actor.kind !== 'person' ? signInFirst : actor.official ? allow : refuse('dossiers.errors.officialsOnly');

export interface DossierRow {
  id: string;
  code: string | null;
  title: string | null;
  procedureTitle: Text;
  state: DossierStateName;
  stateNumber: number;
  savedAt: Date | null;
  filedAt: Date | null;
  dueAt: Date | null;
}

async function rowOf(db: Reader, dossier: Dossier): Promise<DossierRow> {
  const version = await getVersion(db, dossier.procedureVersionId);
  return {
    id: dossier.id,
    code: dossier.code,
    // a draft has no title yet: it goes by what has been answered so far
    title: dossier.title ?? (titleOf(version, dossier.answers as JsonObject) || null),
    procedureTitle: version.title,
    state: dossierStates[isState(dossier.state) ? dossier.state : 0],
    stateNumber: dossier.state,
    savedAt: dossier.savedAt,
    filedAt: dossier.filedAt,
    dueAt: dossier.dueAt,
  };
}

/** The applicant's own, drafts and what was filed: of the business they act for; else their own and all their businesses'. */
export const myDossiers = query({
  input: DossierList,
  load: async () => null,
  allow: signedIn,
  view: async (ctx, _none, input): Promise<Page<DossierRow>> => {
    const actor = ctx.actor;
    if (actor.kind !== 'person') return { items: [], page: 1, pageSize, total: 0 };
    const mine = actor.actingFor ? eq(dossiers.organisationId, actor.actingFor) : ownDossiersOf(actor);
    return listed(
      ctx,
      and(dossiersVisibleTo(actor), mine)!,
      input,
      sql`coalesce(${dossiers.filedAt}, ${dossiers.savedAt}) desc`,
    );
  },
});

/** All dossiers of the authorities an official works for, but their own: those have another page. */
export const officeDossiers = query({
  input: DossierList,
  load: async () => null,
  allow: official,
  view: (ctx, _none, input) =>
    listed(
      ctx,
      and(dossiersVisibleTo(ctx.actor), gt(dossiers.state, 0), not(ownDossiersOf(ctx.actor)))!,
      input,
      desc(dossiers.filedAt),
    ),
});

async function listed(
  ctx: Context,
  where: SQL,
  input: { state?: number | undefined; q?: string | undefined; page: number },
  order: SQL,
): Promise<Page<DossierRow>> {
  const all = and(where, input.state ? eq(dossiers.state, input.state) : undefined, textMatches(input.q));
  const [total] = await ctx.db.select({ n: count() }).from(dossiers).where(all);
  const rows = await ctx.db
    .select()
    .from(dossiers)
    .where(all)
    .orderBy(order, asc(dossiers.id))
    .limit(pageSize)
    .offset((input.page - 1) * pageSize);
  return {
    items: await Promise.all(rows.map((row) => rowOf(ctx.db, row))),
    page: input.page,
    pageSize,
    total: total!.n,
  };
}

/** Every word, in any order, without accents. */
function textMatches(q: string | undefined): SQL | undefined {
  const words = searchable(q ?? '')
    .split(' ')
    .filter(Boolean);
  return words.length === 0 ? undefined : and(...words.map((word) => sql`${dossiers.searchText} like ${`%${word}%`}`));
}

export interface InboxRow {
  taskId: string;
  dossierId: string;
  code: string;
  title: string;
  procedureKey: string;
  procedureTitle: Text;
  step: StepNode;
  /** id of the colleague who took it */
  assigneeId: string | null;
  stepDueAt: Date | null;
  /** working days of the authority; negative when late */
  remainingDays: number | null;
  urgency: Urgency;
  /** the same for the whole dossier; `none` before receipt */
  dossierDueAt: Date | null;
  dossierUrgency: Urgency;
}

/** Tasks an actor's roles let them do, by authority; the condition every inbox list and count uses. */
function tasksFor(actor: Actor, scope: 'mine' | 'unit' | 'late', now: Date): SQL {
  if (actor.kind !== 'person' || !actor.official) return sql`false`;
  const own = actor.grants.map((grant) =>
    and(
      eq(dossiers.authorityId, grant.organisationId),
      inArray(
        tasks.node,
        officialSteps.filter((step) => scope === 'unit' || stepRoles[step] === grant.role),
      ),
    ),
  );
  if (own.length === 0) return sql`false`;
  return and(
    eq(tasks.status, 'open'),
    inArray(tasks.node, officialSteps),
    or(...own),
    // nobody decides on a dossier of their own
    not(ownDossiersOf(actor)),
    scope === 'mine'
      ? or(isNull(tasks.assigneeId), eq(tasks.assigneeId, actor.userId), takenByAbsent(actor.userId, now))
      : undefined,
    scope === 'late' ? lt(tasks.dueAt, now) : undefined,
  )!;
}

/** Taken by a colleague of the dossier's authority whom somebody stands in for today: the twin of `withStandIn`. */
const takenByAbsent = (userId: string, now: Date): SQL => {
  const today = localDate(now);
  return sql`exists (select 1 from ${delegations} where ${delegations.toUserId} = ${userId}
    and ${delegations.fromUserId} = ${tasks.assigneeId} and ${delegations.organisationId} = ${dossiers.authorityId}
    and ${delegations.endedAt} is null and ${delegations.fromOn} <= ${today} and ${delegations.toOn} >= ${today})`;
};

/** The official's queue. The count is that of the same condition, so it equals the list. */
export const inbox = query({
  input: Inbox,
  load: async () => null,
  allow: official,
  view: async (ctx, _none, input): Promise<Page<InboxRow>> => {
    const now = ctx.now();
    const where = and(
      tasksFor(ctx.actor, input.scope, now),
      input.step ? eq(tasks.node, input.step) : undefined,
      input.procedure ? eq(dossiers.procedureKey, input.procedure) : undefined,
      textMatches(input.q),
    );
    const order = {
      due: sql`least(${tasks.dueAt}, ${dossiers.dueAt}) asc nulls last`,
      filed: asc(dossiers.filedAt),
      title: asc(dossiers.title),
    }[input.sort];
    const joined = ctx.db
      .select({ n: count() })
      .from(tasks)
      .innerJoin(dossiers, eq(dossiers.id, tasks.businessKey))
      .where(where);
    const rows = await ctx.db
      .select({ task: tasks, dossier: dossiers })
      .from(tasks)
      .innerJoin(dossiers, eq(dossiers.id, tasks.businessKey))
      .where(where)
      .orderBy(order, asc(tasks.id))
      .limit(pageSize)
      .offset((input.page - 1) * pageSize);
    const calendars = new Map<string, WorkCalendar>();
    for (const { dossier } of rows) {
      const id = dossier.authorityId;
      if (id && !calendars.has(id)) calendars.set(id, await calendarOf(ctx.db, id));
    }
    const items = await Promise.all(rows.map((row) => inboxRow(ctx, row.task, row.dossier, now, calendars)));
    return { items, page: input.page, pageSize, total: (await joined)[0]!.n };
  },
});

async function inboxRow(
  ctx: Context,
  task: typeof tasks.$inferSelect,
  dossier: Dossier,
  now: Date,
  calendars: ReadonlyMap<string, WorkCalendar>,
): Promise<InboxRow> {
  const calendar = calendars.get(dossier.authorityId ?? '');
  const left = (dueAt: Date | null) => (dueAt && calendar ? wholeDaysLeft(calendar, now, dueAt) : null);
  const remainingDays = left(task.dueAt);
  const dossierDays = left(dossier.dueAt);
  return {
    taskId: task.id,
    dossierId: dossier.id,
    code: dossier.code ?? '',
    title: dossier.title ?? '',
    procedureKey: dossier.procedureKey,
    procedureTitle: (await getVersion(ctx.db, dossier.procedureVersionId)).title,
    step: task.node as StepNode,
    assigneeId: task.assigneeId,
    stepDueAt: task.dueAt,
    remainingDays,
    urgency: urgencyOf(remainingDays, false),
    dossierDueAt: dossier.dueAt,
    dossierUrgency: urgencyOf(dossierDays, false),
  };
}

/** Whole working days between now and a deadline; negative when it has passed. */
export async function workingDaysLeft(db: Reader, authorityId: string, now: Date, dueAt: Date): Promise<number> {
  return wholeDaysLeft(await calendarOf(db, authorityId), now, dueAt);
}

/** The same by a calendar that has been read: lists read it once. */
export const wholeDaysLeft = (calendar: WorkCalendar, now: Date, dueAt: Date): number =>
  dueAt >= now
    ? Math.floor(workingDaysBetween(now, dueAt, calendar))
    : -Math.max(1, Math.ceil(workingDaysBetween(dueAt, now, calendar)));

/** The numbers beside the rail's entries. */
export const inboxCounts = query({
  input: Inbox.pick({}),
  load: async () => null,
  allow: signedIn,
  view: async (ctx): Promise<Record<'mine' | 'unit' | 'late' | 'signing', number>> => {
    const now = ctx.now();
    const counted = async (scope: 'mine' | 'unit' | 'late', steps?: StepNode[]) => {
      const [row] = await ctx.db
        .select({ n: count() })
        .from(tasks)
        .innerJoin(dossiers, eq(dossiers.id, tasks.businessKey))
        .where(and(tasksFor(ctx.actor, scope, now), steps ? inArray(tasks.node, steps) : undefined));
      return row!.n;
    };
    const [mine, unit, late, signing] = await Promise.all([
      counted('mine'),
      counted('unit'),
      counted('late'),
      counted('mine', ['initial', 'approve', 'issue']),
    ]);
    return { mine, unit, late, signing };
  },
});
