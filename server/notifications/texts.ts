import { createTranslator } from 'next-intl';
import en from '../../messages/en/notifications.json' with { type: 'json' };
import vi from '../../messages/vi/notifications.json' with { type: 'json' };
import { type Locale, NoticeData, type NoticeKind } from './inputs.ts';
import { presentable } from './rules.ts';

const messages = { vi, en: en as typeof vi };

export interface NoticeText {
  title: string;
  text: string;
  /** what its link does */
  action: string;
}

const translator = (locale: Locale) =>
  createTranslator({ locale, messages: messages[locale], timeZone: 'Asia/Ho_Chi_Minh' });

/**
 * What a notice says in one language.
 * @throws ZodError when `data` lacks what its kind needs
 */
export function noticeText(locale: Locale, kind: NoticeKind, data: Record<string, string | number>): NoticeText {
  const t = translator(locale);
  const values = presentable(NoticeData[kind].parse(data), locale);
  return {
    title: t(`kinds.${kind}.subject`, values),
    text: t(`kinds.${kind}.body`, values),
    action: t(`kinds.${kind}.action`),
  };
}

/** Subject and plain-text body of the mail of a notice; `link` is absolute. Names nobody: the text may be read by others. */
export function mailText(
  locale: Locale,
  kind: NoticeKind,
  data: Record<string, string | number>,
  link: string | null,
): { subject: string; body: string } {
  const t = translator(locale);
  const { title, text, action } = noticeText(locale, kind, data);
  const parts = [t('mail.greeting'), text, ...(link ? [`${action}:\n${link}`] : []), `-- \n${t('mail.footer')}`];
  return { subject: title, body: `${parts.join('\n\n')}\n` };
}

export const senderName = (): string => vi.mail.sender;
