import { eq } from 'drizzle-orm';
import { organisations, units } from '#db/schema/identity.ts';
import { AppError, command, newId, notFound } from '#server/platform/index.ts';
import { CreateAuthority, CreateUnit, RenameUnit, UpdateAuthority } from '../inputs.ts';
import { canAdminister, canAdministerMinistry } from '../policy.ts';
import { getUnit, lockOrganisation, ministryId } from '../records.ts';

const codeTaken = (): never => {
  throw new AppError('invalidInput', 'errors.invalidInput', {
    fields: [{ path: 'agencyCode', reason: 'identity.errors.agencyCodeTaken' }],
  });
};

/** Enters an authority that dossiers can go to. */
export const createAuthority = command({
  name: 'organisation.create-authority',
  input: CreateAuthority,
  load: (ctx) => ministryId(ctx.tx),
  allow: (actor, ministry) => canAdministerMinistry(actor, ministry),
  run: async (ctx, input) => {
    const [row] = await ctx.tx
      .insert(organisations)
      .values({ id: newId(), kind: 'authority', ...input, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ id: organisations.id });
    return row ?? codeTaken();
  },
  audit: ({ result }) => ({ subjectType: 'organisation', subjectId: result.id }),
});

/** Changes the facts of an authority. Its codes and province, which stand in numbers given out, are the ministry's to change. */
export const updateAuthority = command({
  name: 'organisation.update-authority',
  input: UpdateAuthority,
  load: async (ctx, input) => {
    const organisation = await lockOrganisation(ctx, input.organisationId);
    if (organisation.kind !== 'authority') notFound();
    return { organisation, ministry: await ministryId(ctx.tx) };
  },
  allow: (actor, { organisation, ministry }, input) => {
    const keepsCodes =
      input.agencyCode === organisation.agencyCode &&
      input.documentCode === organisation.documentCode &&
      input.placeCode === organisation.placeCode &&
      input.provinceCode === organisation.provinceCode;
    const here = canAdminister(actor, { organisationId: organisation.id, unitPath: null }, ministry);
    return here.allowed && !keepsCodes ? canAdministerMinistry(actor, ministry) : here;
  },
  run: async (ctx, { organisationId, ...facts }, { organisation }) => {
    if (facts.agencyCode !== organisation.agencyCode) {
      const [other] = await ctx.tx
        .select({ id: organisations.id })
        .from(organisations)
        .where(eq(organisations.agencyCode, facts.agencyCode));
      if (other) codeTaken();
    }
    await ctx.tx.update(organisations).set(facts).where(eq(organisations.id, organisationId));
  },
  audit: ({ subject }) => ({ subjectType: 'organisation', subjectId: subject.organisation.id }),
});

/** Adds a unit to an authority, at the top or below another unit. */
export const createUnit = command({
  name: 'unit.create',
  input: CreateUnit,
  load: async (ctx, input) => {
    const organisation = await lockOrganisation(ctx, input.organisationId);
    const parent = input.parentId === null ? null : await getUnit(ctx.tx, input.parentId);
    if (organisation.kind !== 'authority' || (parent !== null && parent.organisationId !== organisation.id)) notFound();
    return { organisation, parent, ministry: await ministryId(ctx.tx) };
  },
  allow: (actor, { organisation, parent, ministry }) =>
    canAdminister(actor, { organisationId: organisation.id, unitPath: parent?.path ?? null }, ministry),
  run: async (ctx, input, { parent }) => {
    const unitId = newId();
    const path = parent === null ? unitId : `${parent.path}.${unitId}`;
    await ctx.tx.insert(units).values({ id: unitId, ...input, path, createdAt: ctx.now() });
    return { unitId };
  },
  audit: ({ result, input }) => ({
    subjectType: 'unit',
    subjectId: result.unitId,
    details: { organisationId: input.organisationId },
  }),
});

/** Gives a unit another name. */
export const renameUnit = command({
  name: 'unit.rename',
  input: RenameUnit,
  load: async (ctx, input) => ({ unit: await getUnit(ctx.tx, input.unitId), ministry: await ministryId(ctx.tx) }),
  allow: (actor, { unit, ministry }) =>
    canAdminister(actor, { organisationId: unit.organisationId, unitPath: unit.path }, ministry),
  run: async (ctx, { unitId, ...facts }) => {
    await ctx.tx.update(units).set(facts).where(eq(units.id, unitId));
  },
  audit: ({ input }) => ({ subjectType: 'unit', subjectId: input.unitId }),
});
