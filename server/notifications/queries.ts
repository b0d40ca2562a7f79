import { and, count, desc, eq, ilike, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mails, notifications } from '#db/schema/notifications.ts';
import { env } from '#server/platform/env.ts';
import { as, notFound, personId, query, reader, systemActor } from '#server/platform/index.ts';
import { ListNotifications, MailId, type NoticeKind, SearchMails } from './inputs.ts';
import { canListNotices, canOpenMailbox } from './policy.ts';
import { noticeText } from './texts.ts';

const nothing = async (): Promise<null> => null;

/** One's own notices, newest first, worded in the reader's language. */
export const listNotifications = query({
  input: ListNotifications,
  load: nothing,
  allow: canListNotices,
  view: async (ctx, _, { locale, unreadOnly, page, pageSize }) => {
    const db = reader(ctx);
    const mine = eq(notifications.userId, personId(ctx.actor)!);
    const which = unreadOnly ? and(mine, isNull(notifications.readAt)) : mine;
    const [rows, [counted]] = await Promise.all([
      db
        .select()
        .from(notifications)
        .where(which)
        .orderBy(desc(notifications.createdAt), desc(notifications.id))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      db.select({ total: count() }).from(notifications).where(which),
    ]);
    const items = rows.map(({ id, kind, data, href, createdAt, readAt }) => ({
      id,
      kind,
      ...noticeText(locale, kind as NoticeKind, data),
      href,
      createdAt,
      readAt,
    }));
    return { items, page, pageSize, total: counted!.total };
  },
});

/** How many of one's own notices are unread; 0 for people who are not signed in, so that a header may always ask. */
export const unreadCount = query({
  input: z.object({}),
  load: nothing,
  allow: () => ({ allowed: true }),
  view: async (ctx): Promise<number> => {
    const userId = personId(ctx.actor);
    if (!userId) return 0;
    const [row] = await reader(ctx)
      .select({ unread: count() })
      .from(notifications)
      .where(and(eq(notifications.userId, userId), isNull(notifications.readAt)));
    return row!.unread;
  },
});

/** The demo mailbox: every mail kept, newest first. Not found outside a demo. */
export const searchMails = query({
  input: SearchMails,
  load: nothing,
  allow: () => canOpenMailbox(env()),
  view: async (ctx, _, { q, page, pageSize }) => {
    const db = reader(as(ctx, systemActor('demo-mailbox')));
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    const which = q === '' ? undefined : or(ilike(mails.to, pattern), ilike(mails.subject, pattern));
    const [items, [counted]] = await Promise.all([
      db
        .select({ id: mails.id, to: mails.to, subject: mails.subject, createdAt: mails.createdAt })
        .from(mails)
        .where(which)
        .orderBy(desc(mails.createdAt), desc(mails.id))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      db.select({ total: sql<number>`count(*)::int` }).from(mails).where(which),
    ]);
    return { items, page, pageSize, total: counted!.total };
  },
});

/** One mail of the demo mailbox. */
export const getMail = query({
  input: MailId,
  load: async (_db, { id }, ctx) => {
    const db = reader(as(ctx, systemActor('demo-mailbox')));
    const [mail] = await db.select().from(mails).where(eq(mails.id, id));
    return mail ?? notFound();
  },
  allow: () => canOpenMailbox(env()),
  view: (_, { id, to, subject, body, link, createdAt }) => ({ id, to, subject, body, link, createdAt }),
});
