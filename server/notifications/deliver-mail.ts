import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import nodemailer, { type Transporter } from 'nodemailer';
import { mails } from '#db/schema/notifications.ts';
import { AppError, type Context } from '#server/platform/index.ts';
import { type NoticeKind, secretKinds } from './inputs.ts';
import { isRefusedForGood, messageId } from './rules.ts';
import { senderName } from './texts.ts';

const claimMinutes = 5;

interface Delivery {
  smtpUrl: string;
  appUrl: string;
}

type Mail = typeof mails.$inferSelect;

/**
 * Hands one stored mail to the mail server. The row is claimed first, so two processes never send it at once, and a
 * mail that went out is never sent again. A passing failure throws, and the job comes back later; an address that is
 * refused for good is noted and left.
 */
export async function deliverMail(ctx: Context, mailId: string, delivery: Delivery): Promise<void> {
  const mail = await claim(ctx, mailId);
  if (!mail) return;
  const transport = transportTo(delivery.smtpUrl);
  try {
    await transport.sendMail({
      messageId: messageId(mail.id, delivery.appUrl),
      from: { name: senderName(), address: `no-reply@${new URL(delivery.appUrl).hostname}` },
      to: mail.to,
      subject: mail.subject,
      text: mail.body,
      date: mail.createdAt,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (error) {
    await noteFailure(ctx, mail, error);
    if (isRefusedForGood(error)) return;
    throw error;
  } finally {
    transport.close();
  }
  // a one-time link is of no use to us any more, only to a thief
  const forgotten = secretKinds.includes(mail.kind as NoticeKind) ? { body: '', link: null } : {};
  await ctx.db
    .update(mails)
    .set({ sentAt: ctx.now(), claimedUntil: null, lastError: null, ...forgotten })
    .where(eq(mails.id, mail.id));
}

/** Takes the row for this process; null when there is nothing left to do. Throws `unavailable` while another is at it. */
async function claim(ctx: Context, mailId: string): Promise<Mail | null> {
  const now = ctx.now();
  const free = or(isNull(mails.claimedUntil), lt(mails.claimedUntil, now));
  const [mail] = await ctx.db
    .update(mails)
    .set({ claimedUntil: new Date(now.getTime() + claimMinutes * 60_000), attempts: sql`${mails.attempts} + 1` })
    .where(and(eq(mails.id, mailId), isNull(mails.sentAt), isNull(mails.failedAt), free))
    .returning();
  if (mail) return mail;
  const [row] = await ctx.db.select().from(mails).where(eq(mails.id, mailId));
  if (!row || row.sentAt || row.failedAt) return null;
  throw new AppError('unavailable', 'errors.unavailable');
}

async function noteFailure(ctx: Context, mail: Mail, error: unknown): Promise<void> {
  const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  const failedAt = isRefusedForGood(error) ? ctx.now() : null;
  await ctx.db.update(mails).set({ claimedUntil: null, lastError, failedAt }).where(eq(mails.id, mail.id));
}

function transportTo(smtpUrl: string): Transporter {
  return nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
