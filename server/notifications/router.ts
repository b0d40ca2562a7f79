import { procedure, router, shape } from '#server/trpc/init.ts';
import { markRead } from './commands.ts';
import { ListNotifications, MailId, MarkRead, SearchMails } from './inputs.ts';
import { getMail, listNotifications, searchMails, unreadCount } from './queries.ts';

export const notificationsRouter = router({
  list: procedure.input(shape(ListNotifications)).query(({ ctx, input }) => listNotifications(ctx, input)),
  unreadCount: procedure.query(({ ctx }) => unreadCount(ctx, {})),
  markRead: procedure.input(shape(MarkRead)).mutation(({ ctx, input }) => markRead(ctx, input)),
  mails: procedure.input(shape(SearchMails)).query(({ ctx, input }) => searchMails(ctx, input)),
  mail: procedure.input(shape(MailId)).query(({ ctx, input }) => getMail(ctx, input)),
});
