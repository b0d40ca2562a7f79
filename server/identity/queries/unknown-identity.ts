import { eq } from 'drizzle-orm';
import { sessions } from '#db/schema/identity.ts';
import type { Context } from '#server/platform/index.ts';
import { providerLabel } from '../provider.ts';
import { unknownCookieName, unknownIn } from '../provider-cookies.ts';
import { findUserByEmail } from '../records.ts';

/** Somebody who came back from the provider and has no account linked yet. */
export interface UnknownIdentityView {
  /** what people call the provider */
  label: string;
  email: string | null;
  name: string | null;
  next: string | null;
  /** an account can be made of it: the address is verified there and nobody has it here */
  mayRegister: boolean;
  /** the session of this browser was opened after the provider's answer, so it may be linked to it */
  mayLink: boolean;
}

/** What the cookies of a request say about it; null when there is nothing to link. */
export async function unknownIdentity(
  ctx: Context,
  cookie: (name: string) => string | undefined,
): Promise<UnknownIdentityView | null> {
  const unknown = await unknownIn(cookie(unknownCookieName()), ctx.now());
  const label = providerLabel();
  if (unknown === null || label === null) return null;
  const { email, name, next } = unknown;
  const taken = email === null || (await findUserByEmail(ctx.db, email)) !== null;
  const mayLink = ctx.actor.kind === 'person' && (await openedAfter(ctx, ctx.actor.sessionId, new Date(unknown.at)));
  return { label, email, name, next, mayRegister: !taken, mayLink };
}

async function openedAfter(ctx: Context, sessionId: string, at: Date): Promise<boolean> {
  const [session] = await ctx.db.select({ at: sessions.createdAt }).from(sessions).where(eq(sessions.id, sessionId));
  return session !== undefined && session.at >= at;
}
