import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import { users } from '#db/schema/identity.ts';
import { env } from '#server/platform/env.ts';
import { allow, query } from '#server/platform/index.ts';
import { Nothing } from '../inputs.ts';

export interface DemoAccountView {
  /** `business`, `citizen` or what the official is entrusted with */
  role: string;
  email: string;
  name: string;
}

/** The accounts of the demo for the page of signing in, without their passwords; null outside a demo. */
export const demoAccounts = query({
  input: Nothing,
  load: async (db): Promise<DemoAccountView[] | null> => {
    if (!env().demo) return null;
    const rows = await db
      .select({ email: users.email, name: users.name })
      .from(users)
      .where(and(eq(users.demo, true), isNotNull(users.passwordHash), isNull(users.disabledAt)))
      .orderBy(asc(users.createdAt), asc(users.id));
    return rows.map(({ email, name }) => ({ role: email.split('@')[0]!, email, name }));
  },
  allow: () => allow,
  view: (_ctx, accounts) => accounts,
});
