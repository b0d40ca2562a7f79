import { and, eq, gte } from 'drizzle-orm';
import { z } from 'zod';
import { userTokens } from '#db/schema/identity.ts';
import { type Job, job, transaction } from '#server/platform/index.ts';
import { sendMail } from './mails.ts';
import { findUserByEmail, issueToken } from './records.ts';

/** Sends the link for a new password, if the address is somebody's. A repeated run finds the link made and sends no second. */
export const sendPasswordLink = job(
  'password.send-link',
  z.object({ email: z.string(), requestedAt: z.iso.datetime(), id: z.uuid() }),
  async (ctx, payload) => {
    const user = await findUserByEmail(ctx.db, payload.email);
    if (user === null || user.disabledAt !== null) return;
    await transaction(ctx, async (tx) => {
      const [sent] = await tx.tx
        .select({ id: userTokens.id })
        .from(userTokens)
        .where(
          and(
            eq(userTokens.userId, user.id),
            eq(userTokens.purpose, 'reset-password'),
            gte(userTokens.createdAt, new Date(payload.requestedAt)),
          ),
        )
        .limit(1);
      if (sent) return;
      const { token } = await issueToken(tx, user.id, 'reset-password');
      await sendMail(tx, user, 'reset-password', payload.id, `/reset-password?token=${token}`);
    });
  },
);

export const identityJobs = [sendPasswordLink] as Job[];
