import type { Reader } from '#db/client.ts';
import { roles } from '#db/enums/roles.ts';
import { peopleById, usersWithRole } from '#server/identity/index.ts';
import { notify } from '#server/notifications/index.ts';
import { as, type Role, systemActor, type TxContext } from '#server/platform/index.ts';
import { givenTo } from './delegations.ts';
import { stepRoles } from './steps.ts';

interface Absence {
  organisationId: string;
  fromUserId: string;
  toUserId: string;
  fromOn: string;
  toOn: string;
}

const working = new Set(Object.values(stepRoles));

/** Roles of an absent official whose steps the last who is asked cannot do, since they lack the role. */
export async function rolesNotCovered(
  db: Reader,
  organisationId: string,
  absentId: string,
  standInId: string,
): Promise<Role[]> {
  const missing: Role[] = [];
  for (const role of roles.filter((each) => working.has(each))) {
    const holders = (await usersWithRole(db, role, organisationId)).map(({ id }) => id);
    if (holders.includes(absentId) && !holders.includes(standInId)) missing.push(role);
  }
  return missing;
}

/**
 * Somebody who stands in for others will be away: each of those is told when, and who stands in then. Where that colleague
 * lacks a role, the unit heads are told too, who may give the tasks to somebody else.
 */
export async function tellGivers(ctx: TxContext, id: string, absence: Absence): Promise<void> {
  const { organisationId, fromUserId, toUserId, fromOn, toOn } = absence;
  // what the others arranged among themselves is not for whoever leaves to read
  const { tx } = as(ctx, systemActor('delegations'));
  const overlaps = await givenTo(tx, { toUserId: fromUserId, organisationId, fromOn, toOn });
  if (overlaps.length === 0) return;
  const givers = overlaps.map(({ delegation }) => delegation.fromUserId);
  const people = await peopleById(tx, [fromUserId, toUserId, ...givers]);
  const nameOf = (userId: string) => people.get(userId)?.name ?? '';
  const heads = await usersWithRole(tx, 'head', organisationId);
  for (const { delegation, fromOn: on, toOn: until } of overlaps) {
    const giver = delegation.fromUserId;
    const covered = (await rolesNotCovered(tx, organisationId, giver, toUserId)).length === 0;
    await notify(ctx, {
      userId: giver,
      kind: covered ? 'stand-in-away' : 'stand-in-away-uncovered',
      data: { name: nameOf(fromUserId), standIn: nameOf(toUserId), on, until },
      href: '/office/delegations',
      mail: true,
      dedupeKey: `stand-in-away:${id}:${delegation.id}`,
    });
    if (covered) continue;
    for (const head of heads.filter((each) => each.id !== giver && each.id !== fromUserId)) {
      await notify(ctx, {
        userId: head.id,
        kind: 'nobody-stands-in',
        data: { name: nameOf(giver), standIn: nameOf(fromUserId), on, until },
        href: '/office/unit',
        mail: true,
        dedupeKey: `nobody-stands-in:${id}:${delegation.id}:${head.id}`,
      });
    }
  }
}
