export { markRead } from './commands.ts';
export type { Locale, NoticeKind, NoticeValues } from './inputs.ts';
export { SendMail } from './inputs.ts';
export { notificationsJobs } from './jobs.ts';
export { type Notice, notify } from './notify.ts';
export { getMail, listNotifications, searchMails, unreadCount } from './queries.ts';
export { noticeText } from './texts.ts';
export { writeMail } from './write-mail.ts';
