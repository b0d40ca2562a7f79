import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { delegations } from '#db/schema/delegations.ts';
import { localDate } from '#server/calendar/index.ts';
import { usersWithRole } from '#server/identity/index.ts';
import { notify } from '#server/notifications/index.ts';
import {
  AppError,
  as,
  command,
  newId,
  notFound,
  nothing,
  type Person,
  systemActor,
  type TxContext,
} from '#server/platform/index.ts';
import { during } from '../delegations.ts';
import { Delegate, EndDelegation } from '../inputs.ts';
import { canDelegate, canEndDelegation } from '../policy.ts';
import { tellGivers } from '../tell-givers.ts';

/**
 * While away one lets a colleague do the tasks one has taken. The colleague needs the role of the task anyway, so nobody
 * gains a right; who acted for whom is written down at each step. For whom one stands in oneself the colleague then stands
 * in too, and they are told.
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
      .where(and(eq(delegations.fromUserId, from), during(input.organisationId, input.fromOn, input.toOn)));
    if (overlapping) fault('fromOn', 'deadlines.errors.delegationOverlaps');
    // the tasks would lie until one of the two is back
    if (await isAway(ctx, input)) fault('toUserId', 'deadlines.errors.delegateAway');
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
    await tellGivers(ctx, id, { ...input, fromUserId: from });
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

/** Whether the colleague has asked somebody else to stand in during these days. */
async function isAway(
  ctx: TxContext,
  { organisationId, toUserId, fromOn, toOn }: z.output<typeof Delegate>,
): Promise<boolean> {
  // what colleagues arranged among themselves is not for others to read
  const [away] = await as(ctx, systemActor('delegations'))
    .tx.select({ id: delegations.id })
    .from(delegations)
    .where(and(eq(delegations.fromUserId, toUserId), during(organisationId, fromOn, toOn)));
  return away !== undefined;
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
