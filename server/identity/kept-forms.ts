import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { and, eq, gt, lt, or } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { keptForms } from '#db/schema/drafts.ts';
import { sessions } from '#db/schema/identity.ts';
import { as, type Context, newId, systemActor } from '#server/platform/index.ts';
import { digestOf, tokenIn } from './session-cookie.ts';

export type KeptValues = Record<string, string | string[]>;

/** Minutes a form that came too late waits for its sender to sign in again. */
export const keptMinutes = 60;
/** Characters: the longest form has some tens of thousands. */
const longest = 400_000;
const cipher = 'aes-256-gcm';

/** Whose session a cookie named, also when it has ended; null: it names none of ours. */
async function senderOf(db: Database, cookie: string | undefined): Promise<string | null> {
  const token = await tokenIn(cookie);
  if (token === null) return null;
  const [row] = await db
    .select({ userId: sessions.userId })
    .from(sessions)
    .where(eq(sessions.tokenHash, digestOf(token)));
  return row?.userId ?? null;
}

/**
 * Keeps what somebody typed into a form that arrived after their session had ended. It is encrypted under a key that is
 * not stored: only the browser that sent the form gets it, in a cookie. One form a person.
 * @param sessionCookie the cookie of the session that ended
 * @returns what the cookie is to hold; null when nobody can be named or the form is too long
 */
export async function keepForm(
  ctx: Context,
  sessionCookie: string | undefined,
  form: { path: string; name: string; values: KeptValues },
): Promise<string | null> {
  const userId = await senderOf(ctx.db, sessionCookie);
  const plain = JSON.stringify({ name: form.name, values: form.values });
  if (userId === null || plain.length > longest) return null;
  const id = newId();
  const [key, nonce] = [randomBytes(32), randomBytes(12)];
  const sealing = createCipheriv(cipher, key, nonce);
  // bound to its row: the content of another does not open under this key and id
  sealing.setAAD(Buffer.from(`${id} ${userId}`));
  const content = Buffer.concat([nonce, sealing.update(plain, 'utf8'), sealing.final(), sealing.getAuthTag()]);
  const now = ctx.now();
  // a stranger for the database: whose session it was is known from the cookie alone
  const { db } = as(ctx, systemActor('kept-forms'));
  await db.delete(keptForms).where(or(eq(keptForms.userId, userId), lt(keptForms.expiresAt, now)));
  const expiresAt = new Date(now.getTime() + keptMinutes * 60_000);
  await db.insert(keptForms).values({ id, userId, path: form.path, content, expiresAt });
  return `${id}.${key.toString('base64url')}`;
}

/**
 * What was kept for this page, for the person who typed it and nobody else.
 * @param cookie what `keepForm` gave
 */
export async function keptForm(
  ctx: Context,
  cookie: string | undefined,
  path: string,
): Promise<{ name: string; values: KeptValues } | null> {
  if (ctx.actor.kind !== 'person' || !cookie) return null;
  const [id = '', secret = ''] = cookie.split('.');
  if (!/^[0-9a-f-]{36}$/.test(id) || !/^[\w-]{43}$/.test(secret)) return null;
  const [row] = await ctx.db
    .select()
    .from(keptForms)
    .where(and(eq(keptForms.id, id), eq(keptForms.userId, ctx.actor.userId), gt(keptForms.expiresAt, ctx.now())));
  if (!row || row.path !== path) return null;
  const content = Buffer.from(row.content);
  try {
    const opening = createDecipheriv(cipher, Buffer.from(secret, 'base64url'), content.subarray(0, 12));
    opening.setAAD(Buffer.from(`${id} ${row.userId}`));
    opening.setAuthTag(content.subarray(-16));
    const plain = Buffer.concat([opening.update(content.subarray(12, -16)), opening.final()]).toString('utf8');
    return JSON.parse(plain) as { name: string; values: KeptValues };
  } catch {
    return null;
  }
}

/** Forgets it: a form of the page has been sent by somebody who is signed in. @returns whether there was one */
export async function forgetForm(ctx: Context, path: string): Promise<boolean> {
  if (ctx.actor.kind !== 'person') return false;
  const gone = await ctx.db
    .delete(keptForms)
    .where(and(eq(keptForms.userId, ctx.actor.userId), eq(keptForms.path, path)))
    .returning({ id: keptForms.id });
  return gone.length > 0;
}
