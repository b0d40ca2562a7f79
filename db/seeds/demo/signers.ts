import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { organisations, users } from '#db/schema/identity.ts';
import { postOf } from '#server/identity/index.ts';
import { newContext, now, systemActor, transaction } from '#server/platform/index.ts';
import { type DemoSigners, ensureDemoAuthority } from '#server/signatures/index.ts';
import type { DemoAccount } from './accounts-file.ts';
import { demoAgencyCode } from './people.ts';

/** Gives each demo account with a PIN a signing key, and the department its seal, held by the clerk. */
export async function giveKeys(
  db: Database,
  accounts: readonly DemoAccount[],
  say: (line: string) => void,
): Promise<void> {
  const ctx = newContext(db, systemActor('demo'), now);
  const [department] = await db.select().from(organisations).where(eq(organisations.agencyCode, demoAgencyCode));
  if (!department) return;
  const organisation = { organisationId: department.id, organisationName: department.name };
  const people: DemoSigners['people'] = [];
  for (const { email, name, pin } of accounts) {
    const [user] = pin ? await db.select({ id: users.id }).from(users).where(eq(users.email, email)) : [];
    if (!user || !pin) continue;
    const post = await postOf(db, user.id, now());
    people.push({
      userId: user.id,
      name,
      pin,
      organisationName: department.name,
      ...(post ? { title: post.title } : {}),
    });
  }
  const sealPin = accounts.find((account) => account.role === 'clerk')?.pin;
  const seals = sealPin ? [{ ...organisation, pin: sealPin }] : [];
  const { made } = await transaction(ctx, (tx) => ensureDemoAuthority(tx, { people, seals }));
  if (made > 0) say(`Issued ${made} demo signing keys`);
}
