import { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { organisationsById, peopleById, usersWithRole } from '#server/identity/index.ts';
import { type Actor, allow, hide, query, type Role, signInFirst, type Verdict } from '#server/platform/index.ts';
import { type Delegation, delegationsOf, givenBy } from '../delegations.ts';
import { rolesNotCovered } from '../tell-givers.ts';

export interface DelegationView {
  id: string;
  /** whether one gave it oneself */
  given: boolean;
  fromName: string;
  toName: string;
  authorityName: string;
  /** `yyyy-mm-dd`, both included */
  fromOn: string;
  toOn: string;
  reason: string;
  state: 'ahead' | 'now' | 'over';
  /** days on which the colleague one asked is away too, and whom they asked */
  away: {
    fromOn: string;
    toOn: string;
    standInName: string;
    /** roles of one's own that this colleague lacks: those tasks nobody does */
    missing: Role[];
  }[];
}

const official = (actor: Actor): Verdict => (actor.kind !== 'person' ? signInFirst : actor.official ? allow : hide);

/** Who stands in for whom as far as it concerns oneself, and the colleagues one could choose. */
export const myDelegations = query({
  input: z.strictObject({}),
  load: async () => null,
  allow: official,
  view: async (ctx) => {
    if (ctx.actor.kind !== 'person') return { items: [], colleagues: [] };
    const { userId, grants } = ctx.actor;
    const rows = await delegationsOf(ctx.db, userId);
    const people = await peopleById(
      ctx.db,
      rows.flatMap((row) => [row.fromUserId, row.toUserId]),
    );
    const places = [...new Set(grants.map((grant) => grant.organisationId))];
    const authorities = await organisationsById(ctx.db, [...places, ...rows.map((row) => row.organisationId)]);
    const today = localDate(ctx.now());
    const away = await standInsAway(ctx.db, userId, rows, today);
    const items = rows.map(
      (row): DelegationView => ({
        away: away.get(row.id) ?? [],
        id: row.id,
        given: row.fromUserId === userId,
        fromName: people.get(row.fromUserId)?.name ?? '',
        toName: people.get(row.toUserId)?.name ?? '',
        authorityName: authorities.get(row.organisationId)?.name ?? '',
        fromOn: row.fromOn,
        toOn: row.toOn,
        reason: row.reason,
        state: row.endedAt || row.toOn < today ? 'over' : row.fromOn > today ? 'ahead' : 'now',
      }),
    );
    const colleagues = new Map<string, { userId: string; organisationId: string; name: string; roles: Role[] }>();
    for (const { role, organisationId } of grants) {
      for (const { id, name } of await usersWithRole(ctx.db, role, organisationId)) {
        if (id === userId) continue;
        const key = `${organisationId}:${id}`;
        const known = colleagues.get(key) ?? { userId: id, organisationId, name, roles: [] };
        colleagues.set(key, known);
        if (!known.roles.includes(role)) known.roles.push(role);
      }
    }
    return { items, colleagues: [...colleagues.values()] };
  },
});

/** For what one gave and is not over: when the colleague is away too. */
async function standInsAway(
  db: Reader,
  userId: string,
  rows: readonly Delegation[],
  today: string,
): Promise<Map<string, DelegationView['away']>> {
  const found = new Map<string, DelegationView['away']>();
  for (const given of rows.filter((row) => row.fromUserId === userId && !row.endedAt && row.toOn >= today)) {
    const next = await givenBy(db, given.toUserId, given);
    const people = await peopleById(
      db,
      next.map((row) => row.toUserId),
    );
    const away = next.map(async ({ fromOn, toOn, toUserId }) => ({
      fromOn: [given.fromOn, fromOn].sort().at(-1)!,
      toOn: [given.toOn, toOn].sort()[0]!,
      standInName: people.get(toUserId)?.name ?? '',
      missing: await rolesNotCovered(db, given.organisationId, userId, toUserId),
    }));
    found.set(given.id, await Promise.all(away));
  }
  return found;
}
