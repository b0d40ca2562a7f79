import { dongText } from '#server/platform/money.ts';
import type { Locale } from './inputs.ts';

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});
const isoDay = /^\d{4}-\d{2}-\d{2}/;
const dayNames = new Set(['on', 'until']);
/** Deadlines: an answer that comes an hour later is too late, so the hour is told with the day. */
const momentNames = new Set(['dueAt', 'answerDueAt']);
const time = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A deadline with its hour in Vietnam; where only a day was kept, the day. */
function deadline(value: string, locale: Locale): string {
  const date = isoDay.test(value) ? day.format(new Date(value)) : value;
  if (!value.includes('T')) return locale === 'vi' ? `ngày ${date}` : date;
  const hour = time.format(new Date(value));
  return locale === 'vi' ? `${hour} ngày ${date}` : `${hour} on ${date} (Vietnam time)`;
}

/** Values as people read them: days as dd/MM/yyyy and hours in Vietnam's time, money as `1.000.000 ₫`. */
export function presentable(data: Record<string, string | number>, locale: Locale): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      if (momentNames.has(name)) return [name, deadline(String(value), locale)];
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
