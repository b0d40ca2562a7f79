import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import { users } from '#db/schema/identity.ts';
import { env } from '#server/platform/env.ts';
import { allow, query } from '#server/platform/index.ts';
import { Nothing } from '../inputs.ts';
import { demoCodeOf } from '../second-factor.ts';

export interface DemoAccountView {
  /** `business`, `citizen` or what the official is entrusted with */
  role: string;
  email: string;
  name: string;
  /** what its authenticator shows now; null for applicants, who have none */
  code: string | null;
}

/** The accounts of the demo for the page of signing in, without their passwords; null outside a demo. */
export const demoAccounts = query({
  input: Nothing,
  load: async (db, _input, ctx): Promise<DemoAccountView[] | null> => {
    if (!env().demo) return null;
    const rows = await db
      .select({ id: users.id, email: users.email, name: users.name })
      .from(users)
      .where(and(eq(users.demo, true), isNotNull(users.passwordHash), isNull(users.disabledAt)))
      .orderBy(asc(users.createdAt), asc(users.id));
    return Promise.all(
      rows.map(async ({ id, email, name }) => ({
        role: email.split('@')[0]!,
        email,
        name,
        code: await demoCodeOf(db, id, ctx.now()),
      })),
    );
  },
  allow: () => allow,
  view: (_ctx, accounts) => accounts,
});
