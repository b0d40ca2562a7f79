import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { users } from '#db/schema/identity.ts';
import {
  AppError,
  type Context,
  command,
  notFound,
  nothing,
  parseInput,
  personId,
  reader,
} from '#server/platform/index.ts';
import { type Client, countAttempt } from '../attempts.ts';
import { ChangePassword, UpdateProfile } from '../inputs.ts';
import { hashPassword, passwordMatches, refuseCommonPassword } from '../passwords.ts';
import { signedIn } from '../policy.ts';
import { getUser, lockUser, revokeSessions } from '../records.ts';

/** Changes one's own name, telephone, citizen number and language. The address stays: it is who one is here. */
export const updateProfile = command({
  name: 'user.update-profile',
  input: UpdateProfile,
  load: nothing,
  allow: signedIn,
  run: async (ctx, input) => {
    const user = await lockUser(ctx, personId(ctx.actor) ?? notFound());
    // the name of an official is printed on papers: an administrator changes it
    const { name, ...rest } = input;
    await ctx.tx
      .update(users)
      .set(user.official ? rest : { name, ...rest })
      .where(eq(users.id, user.id));
    return user.id;
  },
  audit: ({ result }) => ({ subjectType: 'user', subjectId: result }),
});

/** Changes one's own password, knowing the current one. All other sessions end. */
export async function changePassword(ctx: Context, raw: z.input<typeof ChangePassword>): Promise<void> {
  const input = parseInput(ChangePassword, raw);
  if (ctx.actor.kind !== 'person') throw new AppError('unauthenticated', 'errors.unauthenticated');
  const noClient: Client = { address: ctx.actor.sessionId, userAgent: null };
  await countAttempt(ctx, 'change-password', ctx.actor.userId, noClient);
  const user = await getUser(reader(ctx), ctx.actor.userId);
  const matches = await passwordMatches(user.passwordHash, input.currentPassword);
  if (matches) refuseCommonPassword(input.password, [user.name, user.email]);
  await storePassword(ctx, { matches, passwordHash: matches ? await hashPassword(input.password) : '' });
}

const storePassword = command({
  name: 'password.change',
  input: z.strictObject({ matches: z.boolean(), passwordHash: z.string() }),
  load: async (ctx, input) => {
    if (!input.matches) {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'currentPassword', reason: 'identity.errors.wrongPassword' }],
      });
    }
    return lockUser(ctx, personId(ctx.actor) ?? notFound());
  },
  allow: signedIn,
  run: async (ctx, input, user) => {
    await ctx.tx.update(users).set({ passwordHash: input.passwordHash }).where(eq(users.id, user.id));
    await revokeSessions(ctx, user.id, ctx.actor.kind === 'person' ? ctx.actor.sessionId : null);
  },
  audit: ({ subject }) => ({ subjectType: 'user', subjectId: subject.id }),
});
