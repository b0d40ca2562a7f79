import { and, count, eq, gt, gte, inArray, isNotNull, isNull, lt, ne, not, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dossiers } from '#db/schema/dossiers.ts';
import { tasks } from '#db/schema/workflow.ts';
import { instant, localDate } from '#server/calendar/index.ts';
import { peopleById } from '#server/identity/index.ts';
import { type Actor, type Context, dossierAuthoritiesOf, personId, query } from '#server/platform/index.ts';
import { getVersion, type Text } from '#server/procedures/index.ts';
import { unreadOf } from '../correspondence.ts';
import { standsInFor } from '../delegations.ts';
import { Inbox, type InboxScope, type InboxSort } from '../inputs.ts';
import { canListOwn, canUseOffice } from '../policy.ts';
import { ownDossiersOf } from '../records.ts';
import { type Urgency, urgencyOf } from '../rules.ts';
import { officialSteps, type StepNode, stepRoles } from '../steps.ts';
import { type Page, textMatches } from './lists.ts';
import { daysLeftOf } from './working-days-left.ts';

export interface InboxRow {
  taskId: string;
  dossierId: string;
  code: string;
  title: string;
  procedureKey: string;
  procedureTitle: Text;
  step: StepNode;
  /** who took it; null: nobody yet */
  assignee: { name: string; me: boolean } | null;
  stepDueAt: Date | null;
  /** working days of the authority; negative when late */
  remainingDays: number | null;
  urgency: Urgency;
  /** messages of the applicant this official has not seen */
  unread: number;
  /** the same for the whole dossier; `none` before receipt */
  dossierUrgency: Urgency;
}

/** Open official tasks of the authorities on whose dossiers somebody works; nobody decides on a dossier of their own. */
function tasksOfAuthorities(actor: Actor): SQL {
  const authorities = dossierAuthoritiesOf(actor);
  if (authorities.length === 0) return sql`false`;
  return and(
    eq(tasks.status, 'open'),
    inArray(tasks.node, officialSteps),
    inArray(dossiers.authorityId, authorities),
    // what is closed has no open task: said so that only the index of what is open is read
    isNull(dossiers.closedAt),
    gt(dossiers.state, 0),
    not(ownDossiersOf(actor)),
  )!;
}

/** An absent colleague whose tasks one may do today, and where. */
type Absent = readonly { userId: string; organisationId: string }[];

/** Nobody's, one's own, or an absent colleague's: the twin of `withStandIn`. */
const freeFor = (userId: string, absent: Absent): SQL =>
  or(
    isNull(tasks.assigneeId),
    eq(tasks.assigneeId, userId),
    ...absent.map((each) => and(eq(tasks.assigneeId, each.userId), eq(dossiers.authorityId, each.organisationId))),
  )!;

/** What a scope leaves of these; `mine` and `late` are those one's roles let one do. */
function inScope(actor: Actor, scope: InboxScope, now: Date, absent: Absent): SQL | undefined {
  if (scope === 'unit' || actor.kind !== 'person') return undefined;
  const allowed = actor.grants.map((grant) =>
    and(
      eq(dossiers.authorityId, grant.organisationId),
      inArray(
        tasks.node,
        officialSteps.filter((step) => stepRoles[step] === grant.role),
      ),
    ),
  );
  return and(
    allowed.length > 0 ? or(...allowed) : sql`false`,
    scope === 'mine' ? freeFor(actor.userId, absent) : lt(tasks.dueAt, now),
  );
}

function filtered(actor: Actor, input: Inbox, now: Date, absent: Absent): SQL {
  const me = personId(actor);
  const midnight = instant(localDate(now)).getTime() + 24 * 3_600_000;
  const due = {
    late: lt(tasks.dueAt, now),
    today: and(gte(tasks.dueAt, now), lt(tasks.dueAt, new Date(midnight))),
    week: and(gte(tasks.dueAt, now), lt(tasks.dueAt, new Date(midnight + 6 * 24 * 3_600_000))),
  };
  const taken = {
    me: me ? eq(tasks.assigneeId, me) : sql`false`,
    nobody: isNull(tasks.assigneeId),
    colleague: me ? and(isNotNull(tasks.assigneeId), ne(tasks.assigneeId, me)) : sql`false`,
  };
  return and(
    tasksOfAuthorities(actor),
    inScope(actor, input.scope, now, absent),
    input.step ? eq(tasks.node, input.step) : undefined,
    input.procedure ? eq(dossiers.procedureKey, input.procedure) : undefined,
    input.due ? due[input.due] : undefined,
    input.taken ? taken[input.taken] : undefined,
    textMatches(input.q),
  )!;
}

const orders: Record<InboxSort, SQL> = {
  due: sql`${tasks.dueAt} asc nulls last`,
  '-due': sql`${tasks.dueAt} desc nulls last`,
  filed: sql`${dossiers.filedAt} asc`,
  '-filed': sql`${dossiers.filedAt} desc`,
  title: sql`${dossiers.title} collate "vi-x-icu" asc`,
  '-title': sql`${dossiers.title} collate "vi-x-icu" desc`,
};

/** One page of the queue, and how many there are under the same condition; exported for the proof of its plan. */
export function inboxQueries(db: Reader, actor: Actor, input: Inbox, now: Date, absent: Absent = []) {
  const where = filtered(actor, input, now, absent);
  const rows = db
    .select({
      taskId: tasks.id,
      step: tasks.node,
      assigneeId: tasks.assigneeId,
      dueAt: tasks.dueAt,
      dossierDueAt: dossiers.dueAt,
      dossierId: dossiers.id,
      code: dossiers.code,
      title: dossiers.title,
      authorityId: dossiers.authorityId,
      procedureKey: dossiers.procedureKey,
      procedureVersionId: dossiers.procedureVersionId,
    })
    .from(tasks)
    .innerJoin(dossiers, eq(dossiers.id, tasks.businessKey))
    .where(where)
    .orderBy(orders[input.sort], tasks.id)
    .limit(input.size)
    .offset((input.page - 1) * input.size);
  const total = db
    .select({ n: count() })
    .from(tasks)
    .innerJoin(dossiers, eq(dossiers.id, tasks.businessKey))
    .where(where);
  return { rows, total };
}

async function absentFor(ctx: Context): Promise<Absent> {
  const me = personId(ctx.actor);
  return me ? standsInFor(ctx.db, me, localDate(ctx.now())) : [];
}

/** The official's queue. The count is that of the same condition, so it equals the list. */
export const inbox = query({
  input: Inbox,
  load: async () => null,
  allow: canUseOffice,
  view: async (ctx, _none, input): Promise<Page<InboxRow>> => {
    const now = ctx.now();
    const { rows, total } = inboxQueries(ctx.db, ctx.actor, input, now, await absentFor(ctx));
    const found = await rows;
    const ids = found.map((row) => row.dossierId);
    const whole = found.map(({ authorityId, dossierDueAt }) => ({ authorityId, dueAt: dossierDueAt }));
    const [days, wholeDays, unread, people] = await Promise.all([
      daysLeftOf(ctx.db, found, now),
      daysLeftOf(ctx.db, whole, now),
      unreadOf(ctx.db, ctx.actor, ids, 'office'),
      peopleById(
        ctx.db,
        found.flatMap((row) => row.assigneeId ?? []),
      ),
    ]);
    const items = found.map(
      async (
        { assigneeId, authorityId, dueAt, dossierDueAt, procedureVersionId, ...row },
        index,
      ): Promise<InboxRow> => ({
        ...row,
        step: row.step as StepNode,
        code: row.code ?? '',
        title: row.title ?? '',
        procedureTitle: (await getVersion(ctx.db, procedureVersionId)).title,
        assignee: assigneeId
          ? { name: people.get(assigneeId)?.name ?? '', me: assigneeId === personId(ctx.actor) }
          : null,
        stepDueAt: dueAt,
        remainingDays: days[index] ?? null,
        urgency: urgencyOf(days[index] ?? null, false),
        unread: unread.get(row.dossierId) ?? 0,
        dossierUrgency: urgencyOf(wholeDays[index] ?? null, false),
      }),
    );
    return { items: await Promise.all(items), page: input.page, pageSize: input.size, total: (await total)[0]!.n };
  },
});

/** The counts of all scopes in one pass over what is open. */
export function countsQuery(db: Reader, actor: Actor, now: Date, absent: Absent = []) {
  const signing = inArray(tasks.node, ['initial', 'approve', 'issue']);
  const counted = (condition: SQL | undefined) =>
    sql`count(*) filter (where ${condition ?? sql`true`})`.mapWith(Number);
  return db
    .select({
      mine: counted(inScope(actor, 'mine', now, absent)),
      unit: counted(undefined),
      late: counted(inScope(actor, 'late', now, absent)),
      signing: counted(and(inScope(actor, 'mine', now, absent), signing)),
    })
    .from(tasks)
    .innerJoin(dossiers, eq(dossiers.id, tasks.businessKey))
    .where(tasksOfAuthorities(actor));
}

/** The numbers beside the rail's entries. */
export const inboxCounts = query({
  input: Inbox.pick({}),
  load: async () => null,
  allow: canListOwn,
  view: async (ctx): Promise<Record<'mine' | 'unit' | 'late' | 'signing', number>> =>
    (await countsQuery(ctx.db, ctx.actor, ctx.now(), await absentFor(ctx)))[0]!,
});
