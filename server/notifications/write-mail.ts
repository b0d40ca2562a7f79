import { mails } from '#db/schema/notifications.ts';
import { env } from '#server/platform/env.ts';
import { as, enqueue, newId, systemActor, type TxContext } from '#server/platform/index.ts';
import { SendMail } from './inputs.ts';
import { absoluteLink } from './rules.ts';
import { mailText } from './texts.ts';

/**
 * Writes one mail and, where a mail server is set, the job that delivers it, in the caller's transaction.
 * A second mail with the same `dedupeKey` is not written: the answer is then null.
 */
export async function writeMail(ctx: TxContext, mail: SendMail, settings = env()): Promise<string | null> {
  const { dedupeKey, to, locale, kind, data, link } = SendMail.parse(mail);
  const absolute = link ? absoluteLink(settings.appUrl, locale, link) : null;
  const [row] = await as(ctx, systemActor('mail'))
    .tx.insert(mails)
    .values({
      id: newId(),
      kind,
      dedupeKey,
      to,
      ...mailText(locale, kind, data, absolute),
      link: absolute,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing({ target: mails.dedupeKey })
    .returning({ id: mails.id });
  if (!row) return null;
  if (settings.smtpUrl) await enqueue(ctx, 'mail.deliver', { mailId: row.id }, { jobKey: `mail.deliver:${row.id}` });
  return row.id;
}
