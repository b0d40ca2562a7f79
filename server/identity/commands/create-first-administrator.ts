import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { grants, users } from '#db/schema/identity.ts';
import { AppError, allow, command, newId, refuse } from '#server/platform/index.ts';
import { line } from '#server/platform/input.ts';
import { Email } from '../inputs.ts';
import { sendMail } from '../mails.ts';
import { findUserByEmail, issueToken, lockUser, ministryId } from '../records.ts';
import { localised } from '../rules.ts';
import { removeFactors } from '../second-factor.ts';

const FirstAdministrator = z.strictObject({
  email: Email,
  name: line(100),
  locale: z.enum(['vi', 'en']).default('vi'),
});

/**
 * Makes an administrator of the ministry from the command line of the host (`npm run admin:create`), also when all
 * others have lost their access. Only the system itself may: pages and the API have no way to it.
 * @returns the path of the page on which the person chooses a password; it works once, for seven days
 */
export const createFirstAdministrator = command({
  name: 'official.create-first-administrator',
  input: FirstAdministrator,
  load: async (ctx, input) => ({
    ministry: await ministryId(ctx.tx),
    known: await findUserByEmail(ctx.tx, input.email),
  }),
  allow: (actor) => (actor.kind === 'system' ? allow : refuse('errors.forbidden')),
  run: async (ctx, input, { ministry, known }) => {
    if (ministry === null) throw new AppError('invalidState', 'identity.errors.noMinistry');
    if (known !== null && !known.official) throw new AppError('conflict', 'identity.errors.emailTaken');
    const user = known
      ? await lockUser(ctx, known.id)
      : (
          await ctx.tx
            .insert(users)
            .values({ id: newId(), ...input, official: true, createdAt: ctx.now() })
            .returning()
        )[0]!;
    // whoever lost everything sets up a new authenticator too
    await removeFactors(ctx, user);
    if (user.disabledAt !== null) await ctx.tx.update(users).set({ disabledAt: null }).where(eq(users.id, user.id));
    const [held] = await ctx.tx
      .select({ id: grants.id })
      .from(grants)
      .where(
        and(
          eq(grants.userId, user.id),
          eq(grants.role, 'admin'),
          eq(grants.organisationId, ministry),
          isNull(grants.unitId),
          isNull(grants.revokedAt),
        ),
      );
    if (!held)
      await ctx.tx
        .insert(grants)
        .values({ id: newId(), userId: user.id, role: 'admin', organisationId: ministry, createdAt: ctx.now() });
    const { id, token } = await issueToken(ctx, user.id, 'invitation');
    const path = `/reset-password?token=${token}`;
    await sendMail(ctx, user, 'official-invited', id, path);
    return { userId: user.id, path: localised(user.locale, path) };
  },
  audit: ({ result }) => ({ subjectType: 'user', subjectId: result.userId }),
});
