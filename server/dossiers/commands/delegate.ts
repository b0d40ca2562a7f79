import { and, eq, gte, isNull, lte } from 'drizzle-orm';
import { delegations } from '#db/schema/delegations.ts';
import { localDate } from '#server/calendar/index.ts';
import { usersWithRole } from '#server/identity/index.ts';
import { notify } from '#server/notifications/index.ts';
import { AppError, command, newId, notFound, nothing, type Person, type TxContext } from '#server/platform/index.ts';
import { Delegate, EndDelegation } from '../inputs.ts';
import { canDelegate, canEndDelegation } from '../policy.ts';

/**
 * While away one lets a colleague do the tasks one has taken. The colleague needs the role of the task anyway, so nobody
 * gains a right; who acted for whom is written down at each step.
 */
export const delegate = command({
  name: 'delegation.give',
  input: Delegate,
  load: nothing,
  allow: (actor, _nothing, input) => canDelegate(actor, input.organisationId),
  run: async (ctx, input) => {
    const from = (ctx.actor as Person).userId;
    if (input.fromOn < localDate(ctx.now())) fault('fromOn', 'deadlines.errors.delegationInThePast');
    if (!(await colleaguesOf(ctx, ctx.actor as Person, input.organisationId)).includes(input.toUserId))
      fault('toUserId', 'deadlines.errors.delegateWithoutRole');
    const [overlapping] = await ctx.tx
      .select({ id: delegations.id })
      .from(delegations)
      .where(
        and(
          eq(delegations.fromUserId, from),
          eq(delegations.organisationId, input.organisationId),
          isNull(delegations.endedAt),
          lte(delegations.fromOn, input.toOn),
          gte(delegations.toOn, input.fromOn),
        ),
      );
    if (overlapping) fault('fromOn', 'deadlines.errors.delegationOverlaps');
    const id = newId();
    await ctx.tx.insert(delegations).values({ id, fromUserId: from, createdBy: from, createdAt: ctx.now(), ...input });
    await notify(ctx, {
      userId: input.toUserId,
      kind: 'delegated',
      data: { name: (ctx.actor as Person).name, on: input.fromOn, until: input.toOn },
      href: '/office/delegations',
      mail: true,
      dedupeKey: `delegated:${id}`,
    });
    return { id };
  },
  audit: ({ input, result }) => ({
    subjectType: 'delegation',
    subjectId: result.id,
    details: { to: input.toUserId, from: input.fromOn, until: input.toOn, reason: input.reason },
  }),
});

function fault(path: string, reason: string): never {
  throw new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path, reason }] });
}

/** Colleagues in an authority who share at least one of one's roles there. */
async function colleaguesOf(ctx: TxContext, person: Person, organisationId: string): Promise<string[]> {
  const roles = new Set(person.grants.filter((g) => g.organisationId === organisationId).map((g) => g.role));
  const sharing = await Promise.all([...roles].map((role) => usersWithRole(ctx.tx, role, organisationId)));
  return sharing.flat().flatMap(({ id }) => (id === person.userId ? [] : [id]));
}

/** Ends a delegation early. Ending it again changes nothing. */
export const endDelegation = command({
  name: 'delegation.end',
  input: EndDelegation,
  load: async (ctx, { delegationId }) => {
    const [row] = await ctx.tx.select().from(delegations).where(eq(delegations.id, delegationId)).for('update');
    return row ?? notFound();
  },
  allow: (actor, delegation) => canEndDelegation(actor, delegation),
  run: async (ctx, _input, delegation) => {
    if (!delegation.endedAt)
      await ctx.tx.update(delegations).set({ endedAt: ctx.now() }).where(eq(delegations.id, delegation.id));
    return { id: delegation.id };
  },
  audit: ({ result }) => ({ subjectType: 'delegation', subjectId: result.id }),
});
