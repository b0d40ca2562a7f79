import { eq } from 'drizzle-orm';
import { grants, units } from '#db/schema/identity.ts';
import { AppError, command, freshAssurance, newId, notFound, personId } from '#server/platform/index.ts';
import { getOrganisation } from '../directory.ts';
import { GrantRole, RevokeGrant } from '../inputs.ts';
import { canGrant } from '../policy.ts';
import { getUnit, revokeSessions } from '../records.ts';
import { loadOfficial } from './officials.ts';

/** Gives an official a role over an organisation, over a unit and what is below it, or in one province of it. */
export const grantRole = command({
  name: 'grant.give',
  input: GrantRole,
  load: async (ctx, input) => {
    const organisation = await getOrganisation(ctx.tx, input.organisationId);
    const unit = input.unitId === null ? null : await getUnit(ctx.tx, input.unitId);
    if (organisation.kind !== 'authority' || (unit !== null && unit.organisationId !== organisation.id)) notFound();
    return {
      ...(await loadOfficial(ctx, input.userId)),
      place: { organisationId: organisation.id, unitPath: unit?.path ?? null },
    };
  },
  allow: (actor, { official, place, ministry }) => freshAssurance(actor, canGrant(actor, official, place, ministry)),
  run: async (ctx, input, { user }) => {
    const held = await ctx.tx.select().from(grants).where(eq(grants.userId, user.id));
    const same = held.some(
      (grant) =>
        grant.revokedAt === null &&
        grant.role === input.role &&
        grant.organisationId === input.organisationId &&
        grant.unitId === input.unitId &&
        grant.provinceCode === input.provinceCode,
    );
    if (same) throw new AppError('conflict', 'identity.errors.alreadyGranted');
    const grantId = newId();
    // other rights, another session: whoever is signed in signs in again
    await revokeSessions(ctx, user.id);
    await ctx.tx.insert(grants).values({ id: grantId, ...input, grantedBy: personId(ctx.actor), createdAt: ctx.now() });
    return { grantId };
  },
  audit: ({ input, result }) => ({
    subjectType: 'grant',
    subjectId: result.grantId,
    details: {
      userId: input.userId,
      role: input.role,
      organisationId: input.organisationId,
      unitId: input.unitId,
      provinceCode: input.provinceCode,
    },
  }),
});

/** Takes a role back, and ends the sessions that held it. */
export const revokeGrant = command({
  name: 'grant.revoke',
  input: RevokeGrant,
  load: async (ctx, input) => {
    const [row] = await ctx.tx
      .select({ grant: grants, unitPath: units.path })
      .from(grants)
      .leftJoin(units, eq(units.id, grants.unitId))
      .where(eq(grants.id, input.grantId))
      .for('update', { of: grants });
    const { grant, unitPath } = row ?? notFound();
    return {
      ...(await loadOfficial(ctx, grant.userId)),
      grant,
      place: { organisationId: grant.organisationId, unitPath },
    };
  },
  allow: (actor, { official, place, ministry }) => freshAssurance(actor, canGrant(actor, official, place, ministry)),
  run: async (ctx, input, { grant }) => {
    await revokeSessions(ctx, grant.userId);
    await ctx.tx
      .update(grants)
      .set({ revokedAt: grant.revokedAt ?? ctx.now() })
      .where(eq(grants.id, input.grantId));
  },
  audit: ({ subject }) => ({
    subjectType: 'grant',
    subjectId: subject.grant.id,
    details: { userId: subject.grant.userId, role: subject.grant.role },
  }),
});
