import { and, asc, eq, inArray, isNull, lt, not, sql } from 'drizzle-orm';
import { clockEvents, dossiers } from '#db/schema/dossiers.ts';
import { tasks } from '#db/schema/workflow.ts';
import { addWorkingDays, calendarOf, type WorkCalendar } from '#server/calendar/index.ts';
import { peopleById } from '#server/identity/index.ts';
import { type Actor, allow, hasRole, query, refuse, signInFirst, type Verdict } from '#server/platform/index.ts';
import { LateDossiers } from '../inputs.ts';
import { dossiersVisibleTo, ownDossiersOf } from '../records.ts';
import { type Urgency, urgencyOf } from '../rules.ts';
import type { StepNode } from '../steps.ts';
import { daysLeft } from './working-days-left.ts';

/** A dossier whose whole limit is used up, or soon will be. */
export interface LateDossier {
  id: string;
  code: string;
  title: string;
  step: StepNode | null;
  /** role of the open step, and the name of who has taken it */
  role: string | null;
  holderName: string | null;
  dueAt: Date;
  remainingDays: number;
  urgency: Urgency;
}

const pageSize = 50;
const authoritiesOf = (actor: Actor): string[] =>
  actor.kind === 'person'
    ? [...new Set(actor.grants.map((grant) => grant.organisationId))].filter((id) =>
        (['head', 'leader'] as const).some((role) => hasRole(actor, role, id)),
      )
    : [];
const overseer = (actor: Actor): Verdict =>
  actor.kind !== 'person'
    ? signInFirst
    : authoritiesOf(actor).length > 0
      ? allow
      : refuse('dossiers.errors.roleMissing');

/**
 * The head's and the leader's list of dossiers late or due within two working days, least time first. A stopped clock
 * is not late: its dossier waits for the applicant.
 */
export const lateDossiers = query({
  input: LateDossiers,
  load: async () => null,
  allow: overseer,
  view: async (ctx, _none, input) => {
    const now = ctx.now();
    const places = authoritiesOf(ctx.actor);
    const calendars = new Map<string, WorkCalendar>();
    for (const id of places) calendars.set(id, await calendarOf(ctx.db, id));
    const soon = places.map((id) =>
      and(eq(dossiers.authorityId, id), lt(dossiers.dueAt, addWorkingDays(now, 2, calendars.get(id)!))),
    );
    const lastFact = sql`(select ${clockEvents.kind} from ${clockEvents} where ${clockEvents.dossierId} = ${dossiers.id}
      order by ${clockEvents.id} desc limit 1)`;
    const lastStop = sql`(select ${clockEvents.kind} from ${clockEvents} where ${clockEvents.dossierId} = ${dossiers.id}
      and ${clockEvents.kind} <> 'recompute' order by ${clockEvents.id} desc limit 1)`;
    const where = and(
      dossiersVisibleTo(ctx.actor),
      not(ownDossiersOf(ctx.actor)),
      inArray(dossiers.authorityId, places),
      isNull(dossiers.closedAt),
      sql`${lastFact} <> 'finish' and ${lastStop} <> 'stop'`,
      sql`(${sql.join(soon, sql` or `)})`,
    );
    const [total] = await ctx.db.select({ n: sql<number>`count(*)::int` }).from(dossiers).where(where);
    const rows = await ctx.db
      .select()
      .from(dossiers)
      .where(where)
      .orderBy(asc(dossiers.dueAt), asc(dossiers.id))
      .limit(pageSize)
      .offset((input.page - 1) * pageSize);
    const open =
      rows.length === 0
        ? []
        : await ctx.db
            .select()
            .from(tasks)
            .where(
              and(
                inArray(
                  tasks.businessKey,
                  rows.map((row) => row.id),
                ),
                eq(tasks.status, 'open'),
                eq(tasks.kind, 'user'),
              ),
            );
    const people = await peopleById(
      ctx.db,
      open.flatMap((task) => task.assigneeId ?? []),
    );
    const items = rows.map((row): LateDossier => {
      const task = open.find((each) => each.businessKey === row.id);
      const remainingDays = daysLeft(calendars.get(row.authorityId!)!, now, row.dueAt!);
      return {
        id: row.id,
        code: row.code ?? '',
        title: row.title ?? '',
        step: (task?.node as StepNode | undefined) ?? null,
        role: task?.role ?? null,
        holderName: task?.assigneeId ? (people.get(task.assigneeId)?.name ?? null) : null,
        dueAt: row.dueAt!,
        remainingDays,
        urgency: urgencyOf(remainingDays, false),
      };
    });
    return { items, page: input.page, pageSize, total: total!.n };
  },
});
