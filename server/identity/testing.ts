import type { Database } from '#db/client.ts';
import { grants, memberships, organisations, posts, sessions, totpFactors, units, users } from '#db/schema/identity.ts';
import {
  type Actor,
  type Context,
  type Grant,
  newContext,
  newId,
  type Role,
  systemActor,
} from '#server/platform/index.ts';
import { hashPassword } from './passwords.ts';
import { sessionEnd } from './rules.ts';
import { seal } from './sealed.ts';
import { actorOfToken } from './session.ts';
import { digestOf, newToken } from './session-cookie.ts';
import { newTotpSecret } from './totp.ts';

/** Rows for tests: one valid row each, with overrides. */

export const testPassword = 'ba con mèo ngủ trưa';
let hash: Promise<string> | undefined;

export async function insertUser(db: Database, values: Partial<typeof users.$inferInsert> = {}): Promise<string> {
  hash ??= hashPassword(testPassword);
  const id = newId();
  await db.insert(users).values({
    id,
    email: `${id}@example.vn`,
    passwordHash: await hash,
    name: 'Nguyễn Văn Thử',
    emailConfirmedAt: new Date(),
    ...values,
  });
  return id;
}

export async function insertOrganisation(
  db: Database,
  values: Partial<typeof organisations.$inferInsert> = {},
): Promise<string> {
  const id = newId();
  await db.insert(organisations).values({ id, kind: 'authority', name: 'Sở Y tế Thử', provinceCode: '99', ...values });
  return id;
}

/** The ministry is the authority without a province. */
export const insertMinistry = (db: Database): Promise<string> =>
  insertOrganisation(db, { name: 'Bộ Y tế', provinceCode: null });

export async function insertUnit(
  db: Database,
  organisationId: string,
  parent: { id: string; path: string } | null = null,
): Promise<{ id: string; path: string }> {
  const id = newId();
  const path = parent === null ? id : `${parent.path}.${id}`;
  await db.insert(units).values({ id, organisationId, parentId: parent?.id ?? null, path, name: 'Phòng Thử' });
  return { id, path };
}

export async function insertPost(
  db: Database,
  userId: string,
  unitId: string,
  values: Partial<typeof posts.$inferInsert> = {},
): Promise<void> {
  await db
    .insert(posts)
    .values({ id: newId(), userId, unitId, title: 'Chuyên viên', validFrom: '2025-07-01', ...values });
}

export async function insertGrant(
  db: Database,
  userId: string,
  role: Role,
  organisationId: string,
  unitId: string | null = null,
): Promise<string> {
  const id = newId();
  await db.insert(grants).values({ id, userId, role, organisationId, unitId });
  return id;
}

export async function insertMembership(
  db: Database,
  userId: string,
  organisationId: string,
  role: 'owner' | 'representative' = 'owner',
): Promise<void> {
  await db.insert(memberships).values({ userId, organisationId, role });
}

/** A live session of somebody: its random id, as a cookie carries it. */
export async function insertSession(db: Database, userId: string, official: boolean, now: Date): Promise<string> {
  const token = newToken();
  await db.insert(sessions).values({
    id: newId(now.getTime()),
    tokenHash: digestOf(token),
    userId,
    createdAt: now,
    lastSeenAt: now,
    // officials get nowhere without a second factor; tests have just given it
    ...(official ? { assurance: 2, secondFactorAt: now } : {}),
    expiresAt: sessionEnd(official, now),
  });
  return token;
}

/** Signs somebody in and gives the context of their requests. */
export async function contextOf(db: Database, userId: string, official: boolean, now: () => Date): Promise<Context> {
  const token = await insertSession(db, userId, official, now());
  return newContext(db, await actorOfToken(db, token, now()), now);
}

export const systemContext = (db: Database, now: () => Date): Context => newContext(db, systemActor('test'), now);
export const anonymousContext = (db: Database, now: () => Date): Context => newContext(db, { kind: 'anonymous' }, now);

/** An official who exists only in memory, for policies. */
export const officialWith = (grantsHeld: Grant[], userId: string = newId()): Actor => ({
  kind: 'person',
  userId,
  sessionId: newId(),
  name: 'Nguyễn Văn Thử',
  email: 'thu@example.vn',
  official: true,
  actingFor: null,
  memberships: [],
  grants: grantsHeld,
  assurance: 2,
});

/** Gives an official an authenticator: its key. */
export async function enterAuthenticator(db: Database, userId: string): Promise<string> {
  const secret = newTotpSecret();
  await db.insert(totpFactors).values({ userId, secret: seal(secret), lastStep: 0 });
  return secret;
}
