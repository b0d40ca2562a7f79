import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { identityLinks } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { signInByProvider, startAtProvider, tripIn, unknownIn } from '../index.ts';
import { anonymousContext } from '../testing.ts';
import { type Lie, testProvider } from './provider.ts';

/** Signing in at the test provider, for tests of what follows from it. Its settings are those of this process. */

export const provider = await testProvider();
Object.assign(process.env, {
  AUTH_SECRET: 'a secret of this test that is long enough',
  APP_URL: 'https://motcua.example.vn',
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: 'mot-cua',
  OIDC_CLIENT_SECRET: 'hai con mèo',
  OIDC_ACR: 'loa3,loa4',
  OUTGOING_PRIVATE: '127.0.0.1',
});

export const at = new Date();
export const clock = () => at;
export const client = { address: '203.0.113.9', userAgent: 'Firefox' };
export const person = { sub: 'sub-1', email: 'lan@example.vn', email_verified: true, name: 'Trần Thị Lan' };

/** Goes to the provider: what the browser is sent to, and what its cookie holds. */
export async function leave(db: Database) {
  const ctx = anonymousContext(db, clock);
  const { address, cookie } = await startAtProvider(ctx, { next: '/my/dossiers', locale: 'en' }, client);
  return { ctx, address, trip: await tripIn(cookie.value, at) };
}

/** Goes there, agrees, and comes back. */
export async function signInThere(db: Database, claims: Record<string, unknown> = person, lie: Lie = {}) {
  const { ctx, address, trip } = await leave(db);
  return signInByProvider(ctx, trip, provider.agree(address, claims, lie), client);
}

/** Comes back as somebody no account is linked to: the cookie, and what it holds. */
export async function unknownOf(db: Database, claims: Record<string, unknown> = person) {
  const outcome = await signInThere(db, claims);
  if (outcome.kind !== 'unknown') throw new Error('somebody is linked already');
  return { cookie: outcome.cookie.value, unknown: (await unknownIn(outcome.cookie.value, at))! };
}

export const linkTo = (db: Database, userId: string) =>
  db.insert(identityLinks).values({ id: randomUUID(), userId, issuer: provider.issuer, subject: person.sub });

export const audited = async (db: Database, action: string) =>
  (await db.select().from(auditEntries).where(eq(auditEntries.action, action))).map(({ outcome, subjectId }) => ({
    outcome,
    subjectId,
  }));
