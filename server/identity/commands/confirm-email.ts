import { eq } from 'drizzle-orm';
import { users, userTokens } from '#db/schema/identity.ts';
import { allow, command } from '#server/platform/index.ts';
import { ConfirmEmail } from '../inputs.ts';
import { findToken, linkExpired, lockToken, lockUser } from '../records.ts';

/** Confirms an address by the link that was sent to it. A second click on the same link changes nothing and is no error. */
export const confirmEmail = command({
  name: 'user.confirm-email',
  input: ConfirmEmail,
  load: async (ctx, input) => {
    const found = await findToken(ctx.tx, input.token, ['confirm-email']);
    const token = await lockToken(ctx, found?.id ?? linkExpired());
    const user = await lockUser(ctx, token.userId);
    const repeated = token.usedAt !== null && user.emailConfirmedAt !== null;
    if (!repeated && (token.usedAt !== null || token.expiresAt <= ctx.now())) linkExpired();
    return { token, user, repeated };
  },
  allow: () => allow,
  run: async (ctx, _input, { token, user, repeated }) => {
    if (repeated) return;
    await ctx.tx.update(userTokens).set({ usedAt: ctx.now() }).where(eq(userTokens.id, token.id));
    await ctx.tx
      .update(users)
      .set({ emailConfirmedAt: user.emailConfirmedAt ?? ctx.now() })
      .where(eq(users.id, user.id));
  },
  audit: ({ subject }) => ({
    subjectType: 'user',
    subjectId: subject.user.id,
    details: { repeated: subject.repeated },
  }),
});
