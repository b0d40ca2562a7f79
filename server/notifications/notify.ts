import { eq } from 'drizzle-orm';
import { users } from '#db/schema/identity.ts';
import { notifications } from '#db/schema/notifications.ts';
import { as, newId, systemActor, type TxContext } from '#server/platform/index.ts';
import { NoticeData, type NoticeKind, type NoticeValues } from './inputs.ts';
import { writeMail } from './write-mail.ts';

export interface Notice {
  userId: string;
  kind: NoticeKind;
  /** what the text of the kind needs, see `inputs.ts`; more is not kept */
  data: NoticeValues;
  /** path inside the application, without language: `/my/dossiers/…` */
  href: string;
  /** also by e-mail; default true */
  mail?: boolean;
  /** names the event, e.g. `dossier:<id>:received`: it is announced once to each person, however often this runs */
  dedupeKey: string;
}

/**
 * Tells a person something: the notice and its mail are written in the caller's transaction, so they exist exactly
 * when what they announce exists. Disabled accounts get no mail.
 */
export async function notify(caller: TxContext, notice: Notice): Promise<void> {
  // whoever acts may tell others of it, and see neither their notices nor their mail
  const ctx = as(caller, systemActor('notify'));
  const { userId, kind, href, dedupeKey } = notice;
  const data = NoticeData[kind].parse(notice.data) as NoticeValues;
  const [[row], [reader]] = await Promise.all([
    ctx.tx
      .insert(notifications)
      .values({ id: newId(), userId, kind, data, href, dedupeKey, createdAt: ctx.now() })
      .onConflictDoNothing({ target: [notifications.userId, notifications.dedupeKey] })
      .returning({ id: notifications.id }),
    ctx.tx
      .select({ email: users.email, locale: users.locale, disabledAt: users.disabledAt })
      .from(users)
      .where(eq(users.id, userId)),
  ]);
  if (!row || notice.mail === false || !reader || reader.disabledAt) return;
  const mail = { dedupeKey: `${dedupeKey}:${userId}`, to: reader.email, locale: reader.locale, kind, data, link: href };
  await writeMail(ctx, mail);
}
