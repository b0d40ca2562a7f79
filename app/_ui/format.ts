import { dongText } from '#server/platform/money.ts';

const zone = 'Asia/Ho_Chi_Minh';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function partsOf(at: Date): Record<'day' | 'month' | 'year' | 'hour' | 'minute', string> {
  const found = Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value]));
  return found as ReturnType<typeof partsOf>;
}

/** A day as `yyyy-mm-dd` counts as that day; an instant is taken in Vietnam's time zone. */
const toDate = (value: Date | string): Date =>
  typeof value === 'string' ? new Date(`${value}T00:00:00+07:00`) : value;

/** `23/11/2026` */
export function formatDate(value: Date | string): string {
  const { day, month, year } = partsOf(toDate(value));
  return `${day}/${month}/${year}`;
}

/** `14:05` */
export function formatTime(at: Date): string {
  const { hour, minute } = partsOf(at);
  return `${hour}:${minute}`;
}

/** `23/11/2026 14:05`, in both languages */
export function formatDateTime(at: Date, _locale?: string): string {
  return `${formatDate(at)} ${formatTime(at)}`;
}

/** `thứ Hai, 23/11/2026`, `Monday, 23/11/2026` */
export function formatWeekday(value: Date | string, locale: string): string {
  const name = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'long' }).format(toDate(value));
  return `${locale === 'vi' ? name.replace(/^T/, 't').replace(/^C/, 'c') : name}, ${formatDate(value)}`;
}

/** `hôm nay 09:12`, `hôm qua 16:40`, `19/11 16:40`, `19/11/2025` in another year */
export function formatMoment(at: Date, now: Date, words: { today: string; yesterday: string }): string {
  const day = formatDate(at);
  if (day === formatDate(now)) return `${words.today} ${formatTime(at)}`;
  if (day === formatDate(new Date(now.getTime() - 86_400_000))) return `${words.yesterday} ${formatTime(at)}`;
  return partsOf(at).year === partsOf(now).year ? `${day.slice(0, 5)} ${formatTime(at)}` : day;
}

/** An amount in đồng, in both languages alike: `1.500.000 ₫`; the space does not break */
export function formatMoney(amount: number | bigint, _locale?: string): string {
  return dongText(amount);
}

/** `1.234,5` or `1,234.5` */
export function formatNumber(value: number, locale: string, digits = 2): string {
  return new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: digits }).format(value);
}

/** `20 ngày làm việc`, `1 working day` */
export function formatWorkingDays(days: number, locale: string): string {
  const number = formatNumber(days, locale);
  if (locale === 'vi') return `${number} ngày làm việc`;
  return `${number} working ${days === 1 ? 'day' : 'days'}`;
}

/** `1,2 MB`, `340 kB` (decimal units) */
export function formatBytes(bytes: number, locale: string): string {
  if (bytes >= 1_000_000) return `${formatNumber(bytes / 1_000_000, locale, 1)} MB`;
  return `${formatNumber(Math.max(1, Math.round(bytes / 1000)), locale, 0)} kB`;
}
