import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '#db/schema/identity.ts';
import { command, notFound, nothing, personId } from '#server/platform/index.ts';
import { Nothing, RevokeSession } from '../inputs.ts';
import { isSelf, signedIn } from '../policy.ts';
import { revokeSessions } from '../records.ts';

/** Ends one's own session, at once. */
export const signOut = command({
  name: 'session.close',
  input: Nothing,
  load: nothing,
  allow: signedIn,
  run: async (ctx) => {
    const sessionId = ctx.actor.kind === 'person' ? ctx.actor.sessionId : notFound();
    await ctx.tx
      .update(sessions)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
    return sessionId;
  },
  audit: ({ result }) => ({ subjectType: 'session', subjectId: result }),
});

/** Ends every session of one's own, also this one. */
export const signOutEverywhere = command({
  name: 'session.close-all',
  input: Nothing,
  load: nothing,
  allow: signedIn,
  run: async (ctx) => {
    const userId = personId(ctx.actor) ?? notFound();
    await revokeSessions(ctx, userId);
    return userId;
  },
  audit: ({ result }) => ({ subjectType: 'user', subjectId: result }),
});

/** Ends another session of one's own, e.g. on a device that was lost. */
export const revokeSession = command({
  name: 'session.revoke',
  input: RevokeSession,
  load: async (ctx, input) => {
    const [row] = await ctx.tx.select().from(sessions).where(eq(sessions.id, input.sessionId)).for('update');
    return row ?? notFound();
  },
  allow: (actor, session) => isSelf(actor, session.userId),
  run: async (ctx, _input, session) => {
    await ctx.tx
      .update(sessions)
      .set({ revokedAt: session.revokedAt ?? ctx.now() })
      .where(eq(sessions.id, session.id));
  },
  audit: ({ subject }) => ({ subjectType: 'session', subjectId: subject.id }),
});
