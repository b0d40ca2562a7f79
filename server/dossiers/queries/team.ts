import { z } from 'zod';
import { usersWithRole } from '#server/identity/index.ts';
import { organisationsWithRole, query, type Role } from '#server/platform/index.ts';
import { canUseOffice } from '../policy.ts';
import { stepRoles } from '../steps.ts';

/** Somebody a head may give tasks to, with the roles that say which. */
export interface TeamMember {
  id: string;
  name: string;
  roles: Role[];
}

/**
 * Everybody who does steps at the authorities where one is head, by name; nobody for those who are head of none. Whether
 * somebody may have a certain task is said by the command that gives it (`canReassign`, the role of its step).
 */
export const myTeam = query({
  input: z.strictObject({}),
  load: async () => null,
  allow: canUseOffice,
  view: async (ctx): Promise<TeamMember[]> => {
    if (ctx.actor.kind !== 'person') return [];
    const team = new Map<string, TeamMember>();
    for (const organisationId of organisationsWithRole(ctx.actor, ['head']))
      for (const role of new Set(Object.values(stepRoles)))
        for (const { id, name } of await usersWithRole(ctx.db, role, organisationId)) {
          const member = team.get(id) ?? { id, name, roles: [] };
          if (!member.roles.includes(role)) member.roles.push(role);
          team.set(id, member);
        }
    return [...team.values()].sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  },
});
