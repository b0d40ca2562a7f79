import { createHash, randomInt } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { organisations } from '#db/schema/identity.ts';
import { settings } from '#db/schema/platform.ts';
import { hashPassword, newTotpSecret, storeAuthenticator } from '#server/identity/index.ts';
import { env } from '#server/platform/env.ts';
import { newContext, newSecret, now, recordAudit, systemActor, transaction } from '#server/platform/index.ts';
import { type DemoAccount, readDemoAccounts, writeDemoAccounts } from './accounts-file.ts';
import { demoAgencyCode, demoApplicants, demoBusinesses, demoOfficials } from './people.ts';
import { enterBusinesses, enterColleagues, enterOfficial, enterPerson, enterUnits } from './records.ts';

const settingKey = 'demo.accounts';
const addressOf = (account: string): string => `${account}@demo.example`;
const newPassword = (): string => newSecret(20).replace(/.{5}(?=.)/g, '$&-');

/**
 * Makes the demo accounts: applicants with two businesses, and the officials of one department. Their random passwords,
 * authenticator keys and PINs are in the file of the data folder; a second start changes nothing.
 */
export async function seedDemo(db: Database, options: { dataDir: string; say: (line: string) => void }): Promise<void> {
  const before = readDemoAccounts(options.dataDir);
  const accounts = await planAccounts(db, before);
  // authenticator keys are encrypted under AUTH_SECRET: with another one they are entered again
  const digest = createHash('sha256')
    .update(JSON.stringify([accounts, env().authSecret]))
    .digest('hex');
  const [done] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, settingKey));
  if (done?.value === digest) return;
  writeDemoAccounts(options.dataDir, accounts);
  await enterAll(db, accounts, digest);
  options.say(`Made ${accounts.length} demo accounts`);
}

/** What the file is to say: what it says already, completed. */
async function planAccounts(db: Database, before: DemoAccount[]): Promise<DemoAccount[]> {
  const [department] = await db.select().from(organisations).where(eq(organisations.agencyCode, demoAgencyCode));
  if (!department) throw new Error(`The demo needs the authority ${demoAgencyCode}: load the reference data first.`);
  const people = [
    ...demoApplicants.map(({ account, name }) => ({
      role: account,
      name,
      signs: false,
      official: false,
      organisation: account === 'business' ? demoBusinesses[0]!.name : undefined,
    })),
    ...demoOfficials.map(({ account, name, signs }) => ({
      role: account,
      name,
      signs,
      official: true,
      organisation: department.name,
    })),
  ];
  return people.map(({ role, name, signs, official, organisation }) => {
    const known = before.find((account) => account.role === role);
    return {
      role,
      email: addressOf(role),
      password: known?.password ?? newPassword(),
      name,
      ...(official ? { totpSecret: known?.totpSecret ?? newTotpSecret() } : {}),
      ...(signs ? { pin: known?.pin ?? String(randomInt(1_000_000)).padStart(6, '0') } : {}),
      ...(organisation ? { organisation } : {}),
    };
  });
}

async function enterAll(db: Database, accounts: DemoAccount[], digest: string): Promise<void> {
  const hashes = new Map<string, string>();
  for (const { role, password } of accounts) hashes.set(role, await hashPassword(password));
  const keys = new Map(accounts.map(({ role, totpSecret }) => [role, totpSecret]));
  const ctx = newContext(db, systemActor('demo'), now);
  await transaction(ctx, async (tx) => {
    // two processes that start at once do not make everybody twice
    await tx.tx.execute(sql`select pg_advisory_xact_lock(hashtext(${settingKey}))`);
    const [department] = await tx.tx.select().from(organisations).where(eq(organisations.agencyCode, demoAgencyCode));
    const units = await enterUnits(tx, department!.id);
    for (const person of demoApplicants) {
      const userId = await enterPerson(
        tx,
        { ...person, email: addressOf(person.account), official: false },
        hashes.get(person.account)!,
      );
      if (person.account === 'business') await enterBusinesses(tx, userId, person.name);
    }
    for (const official of demoOfficials) {
      const userId = await enterPerson(
        tx,
        { name: official.name, email: addressOf(official.account), official: true },
        hashes.get(official.account)!,
      );
      await storeAuthenticator(tx, userId, keys.get(official.account)!, 0);
      await enterOfficial(tx, userId, official.account, official, department!.id, units);
    }
    await enterColleagues(tx, department!.id, units);
    await tx.tx
      .insert(settings)
      .values({ key: settingKey, value: digest })
      .onConflictDoUpdate({ target: settings.key, set: { value: digest, updatedAt: sql`now()` } });
    recordAudit(tx, 'demo.enter-accounts', { subjectType: 'organisation', subjectId: department!.id });
  });
}
