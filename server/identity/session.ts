import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Database, Reader } from '#db/client.ts';
import { grants, memberships, sessions, units, users } from '#db/schema/identity.ts';
import { env } from '#server/platform/env.ts';
import { type Actor, anonymous, type Grant } from '#server/platform/index.ts';
import { isFresh, isLive, needsTouch, type SessionLeft, sessionLeft } from './rules.ts';
import { digestOf, sessionCookieName, tokenIn } from './session-cookie.ts';

/**
 * Who asks. The cookie only names a session; that it is live and what the person may do is read from the database
 * each time, so that revoking, disabling and granting take effect with the next request.
 * @param cookie value of a cookie of the request by name
 */
export async function actorOfRequest(
  db: Database,
  cookie: (name: string) => string | undefined,
  now: Date,
): Promise<Actor> {
  const token = await tokenIn(cookie(sessionCookieName()));
  return token === null ? anonymous : actorOfToken(db, token, now);
}

/**
 * The session a random id names, with its person and the businesses they belong to, in one statement since each request
 * asks; null when it lets nobody in. Asking is no sign of life.
 */
async function liveSession(db: Database, token: string, now: Date) {
  const businesses = sql<string[]>`array(select ${memberships.organisationId} from ${memberships}
    where ${memberships.userId} = ${users.id} and not ${users.official})`;
  const [row] = await db
    .select({ session: sessions, user: users, businesses })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.tokenHash, digestOf(token)));
  if (!row || row.user.disabledAt !== null || !isLive(row.session, row.user.official, now)) return null;
  // who still owes the second factor is nobody yet, whatever they ask for
  if (row.session.awaitsSecondFactor || (row.user.official && row.session.secondFactorAt === null)) return null;
  return row;
}

/**
 * What is left of the session of a cookie, in ms; null when it lets nobody in. Asking does not prolong it, so that a
 * page that is open and forgotten does not stay signed in by asking.
 */
export async function leftOfSession(
  db: Database,
  cookie: (name: string) => string | undefined,
  now: Date,
): Promise<SessionLeft | null> {
  const token = await tokenIn(cookie(sessionCookieName()));
  const live = token === null ? null : await liveSession(db, token, now);
  return live && sessionLeft(live.session, live.user.official, now);
}

/** Who asks, by the random id itself. */
export async function actorOfToken(db: Database, token: string, now: Date): Promise<Actor> {
  const live = await liveSession(db, token, now);
  if (!live) return anonymous;
  const { session, user, businesses } = live;
  if (needsTouch(session.lastSeenAt, now)) {
    await db
      .update(sessions)
      .set({ lastSeenAt: now })
      .where(and(eq(sessions.id, session.id), lt(sessions.lastSeenAt, now), isNull(sessions.revokedAt)));
  }
  const held: Grant[] = user.official ? await grantsOfUser(db, user.id) : [];
  return {
    kind: 'person',
    userId: user.id,
    sessionId: session.id,
    name: user.name,
    email: user.email,
    official: user.official,
    actingFor: session.actingFor !== null && businesses.includes(session.actingFor) ? session.actingFor : null,
    memberships: businesses,
    grants: held,
    assurance: isFresh(session.secondFactorAt, now, env().stepUpMinutes) ? 2 : 1,
  };
}

/** The grants a person holds now. */
export async function grantsOfUser(db: Reader, userId: string): Promise<Grant[]> {
  const rows = await db
    .select({
      role: grants.role,
      organisationId: grants.organisationId,
      unitPath: units.path,
      provinceCode: grants.provinceCode,
    })
    .from(grants)
    .leftJoin(units, eq(units.id, grants.unitId))
    .where(and(eq(grants.userId, userId), isNull(grants.revokedAt)));
  return rows;
}
