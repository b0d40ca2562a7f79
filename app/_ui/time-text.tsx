import { useLocale, useTranslations } from 'next-intl';
import { formatDate, formatDateTime, formatMoment, formatMoney, formatWeekday, formatWorkingDays } from './format.ts';

const machine = (value: Date | string): string => (typeof value === 'string' ? value : value.toISOString());

/** A day or instant: `23/11/2026`; with `time` `23/11/2026 14:05`; with `weekday` `thứ Hai, 23/11/2026`. */
export function DateText({ value, time, weekday }: { value: Date | string; time?: boolean; weekday?: boolean }) {
  const locale = useLocale();
  const at = typeof value === 'string' ? null : value;
  const text = weekday ? formatWeekday(value, locale) : time && at ? formatDateTime(at) : formatDate(value);
  return <time dateTime={machine(value)}>{text}</time>;
}

/** An instant near now: `hôm nay 09:12`, `hôm qua 16:40`, else the date. */
export function RelativeTime({ at, now }: { at: Date; now: Date }) {
  const t = useTranslations('ui.time');
  return (
    <time dateTime={at.toISOString()} title={formatDateTime(at)}>
      {formatMoment(at, now, { today: t('today'), yesterday: t('yesterday') })}
    </time>
  );
}

/** An amount in đồng. */
export function Money({ amount }: { amount: number }) {
  return <span className="money">{formatMoney(amount, useLocale())}</span>;
}

/** A number of working days in words. */
export function WorkingDays({ days }: { days: number }) {
  return formatWorkingDays(days, useLocale());
}
