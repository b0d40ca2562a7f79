import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { grants, posts, units, users } from '#db/schema/identity.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, command, freshAssurance, newId, personId, type TxContext } from '#server/platform/index.ts';
import { AssignPost, CreateOfficial, OfficialRef, UpdateOfficial } from '../inputs.ts';
import { sendMail } from '../mails.ts';
import { getOfficialPlaces } from '../officials.ts';
import { canAdminister, canChangeOfficial, canGrant, canReadOfficial } from '../policy.ts';
import { getUnit, issueToken, lockUser, ministryId, revokeSessions, type UserRow } from '../records.ts';

/** An official with where they are at home, locked. */
export async function loadOfficial(ctx: TxContext, userId: string) {
  const user = await lockUser(ctx, userId);
  const official = await getOfficialPlaces(ctx.tx, userId, localDate(ctx.now()));
  return { user, official, ministry: await ministryId(ctx.tx) };
}

async function invite(ctx: TxContext, user: UserRow): Promise<void> {
  const { id, token } = await issueToken(ctx, user.id, 'invitation');
  await sendMail(ctx, user, 'official-invited', id, `/reset-password?token=${token}`);
}

/** Enters an official with a first post and roles. They get a link by e-mail to choose a password. */
export const createOfficial = command({
  name: 'official.create',
  input: CreateOfficial,
  load: async (ctx, input) => ({ unit: await getUnit(ctx.tx, input.unitId), ministry: await ministryId(ctx.tx) }),
  // roles are given over the whole organisation, so that is what must be administered; without any, the unit is enough
  allow: (actor, { unit, ministry }, input) =>
    freshAssurance(
      actor,
      canAdminister(
        actor,
        { organisationId: unit.organisationId, unitPath: input.roles.length > 0 ? null : unit.path },
        ministry,
      ),
    ),
  run: async (ctx, input, { unit }) => {
    const { name, email, phone, locale } = input;
    const [user] = await ctx.tx
      .insert(users)
      .values({ id: newId(), name, email, phone, locale, official: true, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning();
    if (!user) {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'email', reason: 'identity.errors.emailTaken' }],
      });
    }
    await insertPost(ctx, user.id, input);
    for (const role of new Set(input.roles)) {
      await ctx.tx.insert(grants).values({
        id: newId(),
        userId: user.id,
        role,
        organisationId: unit.organisationId,
        grantedBy: personId(ctx.actor),
        createdAt: ctx.now(),
      });
    }
    await invite(ctx, user);
    return { userId: user.id };
  },
  audit: ({ input, subject, result }) => ({
    subjectType: 'user',
    subjectId: result.userId,
    details: { organisationId: subject.unit.organisationId, unitId: input.unitId, roles: input.roles },
  }),
});

async function insertPost(
  ctx: TxContext,
  userId: string,
  post: { unitId: string; title: string; titleEn: string | null; signatureTitle: string | null },
) {
  const { unitId, title, titleEn, signatureTitle } = post;
  await ctx.tx.insert(posts).values({
    id: newId(),
    userId,
    unitId,
    title,
    titleEn,
    signatureTitle: signatureTitle || null,
    validFrom: localDate(ctx.now()),
  });
}

/** Changes the name and telephone of an official. */
export const updateOfficial = command({
  name: 'official.update',
  input: UpdateOfficial,
  load: (ctx, input) => loadOfficial(ctx, input.userId),
  allow: (actor, { official, ministry }) => canChangeOfficial(actor, official, ministry),
  run: async (ctx, { userId, ...facts }) => {
    await ctx.tx.update(users).set(facts).where(eq(users.id, userId));
  },
  audit: ({ input }) => ({ subjectType: 'user', subjectId: input.userId }),
});

/** Sends an official who has no password yet a new link. */
export const inviteAgain = command({
  name: 'official.invite-again',
  input: OfficialRef,
  load: (ctx, input) => loadOfficial(ctx, input.userId),
  allow: (actor, { official, ministry }) => canReadOfficial(actor, official, ministry),
  run: async (ctx, _input, { user }) => {
    if (user.passwordHash !== null || user.disabledAt !== null)
      throw new AppError('invalidState', 'identity.errors.alreadyActive');
    await invite(ctx, user);
  },
  audit: ({ input }) => ({ subjectType: 'user', subjectId: input.userId }),
});

/** Shuts an official out: no new session, and the live ones end at once. Posts, grants and history stay. */
export const disableOfficial = command({
  name: 'official.disable',
  input: OfficialRef,
  load: (ctx, input) => loadOfficial(ctx, input.userId),
  allow: (actor, { official, ministry }) => freshAssurance(actor, canChangeOfficial(actor, official, ministry)),
  run: async (ctx, { userId }, { user }) => {
    await ctx.tx
      .update(users)
      .set({ disabledAt: user.disabledAt ?? ctx.now() })
      .where(eq(users.id, userId));
    await revokeSessions(ctx, userId);
  },
  audit: ({ input }) => ({ subjectType: 'user', subjectId: input.userId }),
});

/** Lets an official in again. */
export const enableOfficial = command({
  name: 'official.enable',
  input: OfficialRef,
  load: (ctx, input) => loadOfficial(ctx, input.userId),
  allow: (actor, { official, ministry }) => freshAssurance(actor, canChangeOfficial(actor, official, ministry)),
  run: async (ctx, { userId }) => {
    await ctx.tx.update(users).set({ disabledAt: null }).where(eq(users.id, userId));
  },
  audit: ({ input }) => ({ subjectType: 'user', subjectId: input.userId }),
});

/** Moves an official to a post: posts held in that organisation until now end today. */
export const assignPost = command({
  name: 'official.assign-post',
  input: AssignPost,
  load: async (ctx, input) => ({
    ...(await loadOfficial(ctx, input.userId)),
    unit: await getUnit(ctx.tx, input.unitId),
  }),
  allow: (actor, { official, unit, ministry }) =>
    freshAssurance(
      actor,
      canGrant(actor, official, { organisationId: unit.organisationId, unitPath: unit.path }, ministry),
    ),
  run: async (ctx, input, { unit }) => {
    const today = localDate(ctx.now());
    const here = await ctx.tx
      .select({ id: posts.id, validFrom: posts.validFrom })
      .from(posts)
      .innerJoin(units, eq(units.id, posts.unitId))
      .where(
        and(
          eq(posts.userId, input.userId),
          eq(units.organisationId, unit.organisationId),
          or(isNull(posts.validTo), gt(posts.validTo, today)),
        ),
      );
    for (const post of here) await ctx.tx.update(posts).set({ validTo: today }).where(eq(posts.id, post.id));
    await insertPost(ctx, input.userId, input);
  },
  audit: ({ input }) => ({ subjectType: 'user', subjectId: input.userId, details: { unitId: input.unitId } }),
});
