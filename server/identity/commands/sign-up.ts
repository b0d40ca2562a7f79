import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { users } from '#db/schema/identity.ts';
import { allow, type Context, command, newId, parseInput, type TxContext } from '#server/platform/index.ts';
import { type Client, countAttempt } from '../attempts.ts';
import { SignUp } from '../inputs.ts';
import { sendMail } from '../mails.ts';
import { hashPassword, refuseCommonPassword } from '../passwords.ts';
import { findUserByEmail, issueToken, lockUser, type UserRow } from '../records.ts';

/**
 * Signs a person up, for a business or for themselves. The answer is the same whether the address was known or not:
 * what happens next is in the mail. An address that nobody confirmed yet takes the newest name and password.
 */
export async function signUp(ctx: Context, raw: z.input<typeof SignUp>, client: Client): Promise<void> {
  const input = parseInput(SignUp, raw);
  refuseCommonPassword(input.password, [input.name, input.email]);
  await countAttempt(ctx, 'sign-up', input.email, client);
  const { password, ...person } = input;
  await register(ctx, { ...person, passwordHash: await hashPassword(password) });
}

/** What has been parsed by `SignUp` already, with the password as its hash. */
const Registration = z.strictObject({
  ...SignUp.omit({ password: true }).shape,
  passwordHash: z.string(),
});

const register = command({
  name: 'user.sign-up',
  input: Registration,
  load: async (ctx, input) => {
    const known = await findUserByEmail(ctx.tx, input.email);
    return known === null ? null : lockUser(ctx, known.id);
  },
  allow: () => allow,
  run: async (ctx, input, known) => {
    if (known !== null && isTaken(known)) {
      await sendMail(ctx, known, 'already-registered', `${known.id}:${ctx.requestId}`, '/forgot-password');
      return { id: known.id, outcome: 'known' as const };
    }
    const { kind, ...person } = input;
    const row =
      known === null
        ? await insertUser(ctx, person)
        : await ctx.tx.update(users).set(person).where(eq(users.id, known.id)).returning();
    const user = row[0];
    // somebody else signed the same address up at this moment: the mail is on its way
    if (!user) return { id: null, outcome: 'known' as const };
    const { id, token } = await issueToken(ctx, user.id, 'confirm-email');
    const next = kind === 'business' ? '&next=/my/organisations/new' : '';
    await sendMail(ctx, user, 'confirm-email', id, `/confirm-email?token=${token}${next}`);
    return { id: user.id, outcome: 'new' as const };
  },
  audit: ({ result }) => ({ subjectType: 'user', subjectId: result.id, details: { outcome: result.outcome } }),
});

const isTaken = (user: UserRow): boolean => user.emailConfirmedAt !== null || user.official || user.disabledAt !== null;

const insertUser = (ctx: TxContext, person: Omit<z.output<typeof Registration>, 'kind'>) =>
  ctx.tx
    .insert(users)
    .values({ id: newId(), ...person, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning();
