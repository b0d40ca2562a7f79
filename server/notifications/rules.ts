import { dongText } from '#server/platform/money.ts';
import type { Locale } from './inputs.ts';

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});
const isoDay = /^\d{4}-\d{2}-\d{2}/;
const dayNames = new Set(['dueAt', 'answerDueAt', 'on', 'until']);

/** Values as people read them: days as dd/MM/yyyy in Vietnam's time, money as `1.000.000 ₫`. */
export function presentable(data: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      if (dayNames.has(name) && isoDay.test(String(value))) return [name, day.format(new Date(value))];
      if (name === 'amount') return [name, dongText(Number(value))];
      return [name, String(value)];
    }),
  );
}

/** The absolute address of a path inside the application, in the reader's language; an absolute one stays as it is. */
export function absoluteLink(appUrl: string, locale: Locale, link: string): string {
  if (!link.startsWith('/')) return link;
  const inLanguage = locale === 'en' && !/^\/en(\/|$|\?)/.test(link) ? `/en${link === '/' ? '' : link}` : link;
  return `${appUrl}${inLanguage}`;
}

/** RFC 5322 Message-ID of a stored mail: the same on every attempt, so that a receiver can tell a repetition. */
export const messageId = (mailId: string, appUrl: string): string => `<${mailId}@${new URL(appUrl).hostname}>`;

/** What a failed delivery means: an address refused for good (5xx after the connection stood) is not tried again. */
export function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, responseCode } = error as Error & { code?: unknown; responseCode?: unknown };
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && typeof responseCode === 'number' && responseCode >= 500;
}
