import { and, eq } from 'drizzle-orm';
import { memberships, organisations, sessions } from '#db/schema/identity.ts';
import { AppError, allow, command, newId, notFound, nothing, personId } from '#server/platform/index.ts';
import { ActFor, AddRepresentative, CreateBusiness, RemoveRepresentative, UpdateBusiness } from '../inputs.ts';
import { applicant, canChangeBusiness, canReadBusiness } from '../policy.ts';
import { findUserByEmail, lockOrganisation, membershipOf } from '../records.ts';

const fieldError = (path: string, reason: string): never => {
  throw new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path, reason }] });
};

/** Enters a business by its tax code; whoever does is its owner here and acts for it from now on. */
export const createBusiness = command({
  name: 'organisation.create-business',
  input: CreateBusiness,
  load: nothing,
  allow: applicant,
  run: async (ctx, input) => {
    const [row] = await ctx.tx
      .insert(organisations)
      .values({ id: newId(), kind: 'business', ...input, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ id: organisations.id });
    if (!row) return fieldError('taxCode', 'identity.errors.taxCodeTaken');
    const person = ctx.actor.kind === 'person' ? ctx.actor : notFound();
    await ctx.tx
      .insert(memberships)
      .values({ userId: person.userId, organisationId: row.id, role: 'owner', createdAt: ctx.now() });
    await ctx.tx.update(sessions).set({ actingFor: row.id }).where(eq(sessions.id, person.sessionId));
    return row;
  },
  audit: ({ result }) => ({ subjectType: 'organisation', subjectId: result.id }),
});

/** Changes the facts of a business; the tax code stays. */
export const updateBusiness = command({
  name: 'organisation.update-business',
  input: UpdateBusiness,
  load: async (ctx, input) => ({
    organisation: await lockOrganisation(ctx, input.organisationId),
    part: await membershipOf(ctx.tx, personId(ctx.actor), input.organisationId),
  }),
  allow: (actor, { organisation, part }) => canChangeBusiness(actor, organisation.id, part),
  run: async (ctx, { organisationId, ...facts }) => {
    await ctx.tx.update(organisations).set(facts).where(eq(organisations.id, organisationId));
  },
  audit: ({ subject }) => ({ subjectType: 'organisation', subjectId: subject.organisation.id }),
});

/** Chooses for whom one acts in this session: one of one's businesses, or oneself. */
export const actFor = command({
  name: 'session.act-for',
  input: ActFor,
  load: nothing,
  allow: (actor, _subject, input) => {
    const person = applicant(actor);
    return person.allowed && input.organisationId !== null ? canReadBusiness(actor, input.organisationId) : person;
  },
  run: async (ctx, input) => {
    const sessionId = ctx.actor.kind === 'person' ? ctx.actor.sessionId : notFound();
    await ctx.tx.update(sessions).set({ actingFor: input.organisationId }).where(eq(sessions.id, sessionId));
  },
  audit: ({ input }) => ({ subjectType: 'organisation', subjectId: input.organisationId }),
});

/** Lets another signed-up person act for the business. */
export const addRepresentative = command({
  name: 'organisation.add-representative',
  input: AddRepresentative,
  load: async (ctx, input) => ({
    organisation: await lockOrganisation(ctx, input.organisationId),
    part: await membershipOf(ctx.tx, personId(ctx.actor), input.organisationId),
  }),
  allow: (actor, { organisation, part }) => canChangeBusiness(actor, organisation.id, part),
  run: async (ctx, input) => {
    const user = await findUserByEmail(ctx.tx, input.email);
    if (user === null || user.official || user.emailConfirmedAt === null || user.disabledAt !== null) {
      return fieldError('email', 'identity.errors.noSuchApplicant');
    }
    await ctx.tx
      .insert(memberships)
      .values({ userId: user.id, organisationId: input.organisationId, role: 'representative', createdAt: ctx.now() })
      .onConflictDoNothing();
    return { userId: user.id };
  },
  audit: ({ input, result }) => ({
    subjectType: 'organisation',
    subjectId: input.organisationId,
    details: { userId: result.userId },
  }),
});

/** Takes the right to act for the business back; its last owner stays. Sessions acting for it fall back to the person. */
export const removeRepresentative = command({
  name: 'organisation.remove-representative',
  input: RemoveRepresentative,
  load: async (ctx, input) => ({
    organisation: await lockOrganisation(ctx, input.organisationId),
    own: await membershipOf(ctx.tx, personId(ctx.actor), input.organisationId),
    theirs: (await membershipOf(ctx.tx, input.userId, input.organisationId)) ?? notFound(),
  }),
  // one may always leave
  allow: (actor, { organisation, own }, input) =>
    personId(actor) === input.userId && own === 'representative'
      ? allow
      : canChangeBusiness(actor, organisation.id, own),
  run: async (ctx, input, { theirs }) => {
    if (theirs === 'owner') throw new AppError('invalidState', 'identity.errors.ownerStays');
    await ctx.tx
      .delete(memberships)
      .where(and(eq(memberships.userId, input.userId), eq(memberships.organisationId, input.organisationId)));
    await ctx.tx
      .update(sessions)
      .set({ actingFor: null })
      .where(and(eq(sessions.userId, input.userId), eq(sessions.actingFor, input.organisationId)));
  },
  audit: ({ input }) => ({
    subjectType: 'organisation',
    subjectId: input.organisationId,
    details: { userId: input.userId },
  }),
});
