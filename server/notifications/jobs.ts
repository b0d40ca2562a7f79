import { z } from 'zod';
import { env } from '#server/platform/env.ts';
import { Id, type Job, job, transaction } from '#server/platform/index.ts';
import { deliverMail } from './deliver-mail.ts';
import { SendMail } from './inputs.ts';
import { writeMail } from './write-mail.ts';

/** Renders and writes a mail to an address that may belong to no account yet. */
const send = job('mail.send', SendMail, async (ctx, mail) => {
  await transaction(ctx, (tx) => writeMail(tx, mail));
});

/** With no mail server the mail stays where it is: the demo mailbox shows it. */
const deliver = job('mail.deliver', z.object({ mailId: Id }), async (ctx, { mailId }) => {
  const { smtpUrl, appUrl } = env();
  if (smtpUrl) await deliverMail(ctx, mailId, { smtpUrl, appUrl });
});

export const notificationsJobs = [send, deliver] as Job[];
