import { and, eq, sql } from 'drizzle-orm';
import { dossierEvents } from '#db/schema/dossiers.ts';
import { usedUpAt } from '#server/calendar/index.ts';
import { postOf, usersWithRole } from '#server/identity/index.ts';
import type { TxContext } from '#server/platform/index.ts';
import { type Deadlines, getVersion } from '#server/procedures/index.ts';
import { openTasksOf } from '#server/workflow/index.ts';
import { type ClockFacts, clockFactsOf } from './clock.ts';
import { type Dossier, lockDossier } from './records.ts';
import { isRole } from './steps.ts';
import { tellOfficials } from './tell-officials.ts';
import { addToTimeline } from './timeline.ts';
import { watchAgain } from './watch-deadline.ts';

type Rule = Deadlines['escalation'][number];

/**
 * Looks at a dossier's deadline: whoever is to hear at a share of the limit hears it once, and the next look is planned.
 * A paused or finished clock is left alone; the fact that starts it again plans a new look.
 */
export async function watchDeadline(ctx: TxContext, dossierId: string): Promise<void> {
  const dossier = await lockDossier(ctx, dossierId);
  const clock = await clockFactsOf(ctx.tx, dossier);
  if (!clock) return;
  const { deadlines } = await getVersion(ctx.tx, dossier.procedureVersionId);
  let next = null as Date | null;
  for (const { rule, at, limitDays } of reachedBy(clock, deadlines.escalation)) {
    if (at > ctx.now()) next = next && next < at ? next : at;
    else if (!(await wasTold(ctx, dossier, rule, limitDays))) await tell(ctx, dossier, rule, limitDays);
  }
  if (next) await watchAgain(ctx, dossier.id, true, next);
}

/** When each share of the whole limit is used up. What was past before an extension is not said again after it. */
export function reachedBy(
  { facts, limitDays, calendar }: Pick<ClockFacts, 'facts' | 'limitDays' | 'calendar'>,
  rules: readonly Rule[],
): { rule: Rule; at: Date; limitDays: number }[] {
  const extensions = facts.filter((fact) => fact.kind === 'extend');
  const whole = extensions.reduce((sum, fact) => sum + (fact.days ?? 0), limitDays);
  const extended = extensions.at(-1)?.at;
  return rules.flatMap((rule) => {
    const at = usedUpAt(facts, (whole * rule.share) / 100, calendar);
    return at && !(extended && at <= extended) ? [{ rule, at, limitDays: whole }] : [];
  });
}

async function wasTold(ctx: TxContext, dossier: Dossier, { share, tell: to }: Rule, limitDays: number) {
  const [row] = await ctx.tx
    .select({ id: dossierEvents.id })
    .from(dossierEvents)
    .where(
      and(
        eq(dossierEvents.dossierId, dossier.id),
        eq(dossierEvents.kind, 'escalated'),
        sql`${dossierEvents.data} @> ${JSON.stringify({ share, to, limitDays })}::jsonb`,
      ),
    );
  return row !== undefined;
}

async function tell(ctx: TxContext, dossier: Dossier, { share, tell: to }: Rule, limitDays: number): Promise<void> {
  const people = await whom(ctx, dossier, to);
  const kind = share >= 100 ? 'deadline-passed' : 'deadline-near';
  const data = { share, dueAt: dossier.dueAt?.toISOString() ?? '' };
  await tellOfficials(ctx, people, kind, dossier, `${dossier.id}:${share}:${limitDays}`, { data, mail: true });
  await addToTimeline(ctx, dossier.id, 'escalated', { visibility: 'office', data: { share, to, limitDays } });
}

/** The official who has the open step (or all who may take it), the head over them, or the authority's leaders. */
async function whom(ctx: TxContext, dossier: Dossier, to: Rule['tell']): Promise<string[]> {
  const authorityId = dossier.authorityId!;
  const ids = async (role: Parameters<typeof usersWithRole>[1], unitPath?: string) =>
    (await usersWithRole(ctx.tx, role, authorityId, unitPath)).map((person) => person.id);
  if (to === 'leader') return ids('leader');
  const [task] = dossier.instanceId ? await openTasksOf(ctx.tx, dossier.instanceId) : [];
  if (to === 'official') return task?.assigneeId ? [task.assigneeId] : isRole(task?.role) ? ids(task.role) : [];
  const post = task?.assigneeId ? await postOf(ctx.tx, task.assigneeId, ctx.now()) : null;
  const heads = post ? await ids('head', post.unitPath) : [];
  return heads.length > 0 ? heads : ids('head');
}
