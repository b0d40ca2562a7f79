import { useTranslations } from 'next-intl';
import { formatDate } from '#app/_ui/format.ts';
import { Tag } from '#app/_ui/status.tsx';
import { localDate } from '#server/calendar/rules.ts';
import type { OpenState } from '#server/facilities/index.ts';
import { now } from '#server/platform/clock.ts';

/** Whether it is open at this minute and when that changes: by the weekday within a week, by the date after it, as over Tết. */
export function OpenText({ state }: { state: OpenState }) {
  const t = useTranslations('facilities');
  if (state.open) {
    return <Tag tone="ok">{state.until ? t('open.until', { time: state.until.time }) : t('open.always')}</Tag>;
  }
  const { opens } = state;
  if (!opens) return <Tag>{t('open.closed')}</Tag>;
  const days = (Date.parse(opens.date) - Date.parse(localDate(now()))) / 86_400_000;
  if (days < 1) return <Tag>{t('open.opensToday', { time: opens.time })}</Tag>;
  const day = days < 7 ? t(`weekdays.${String(opens.weekday) as '1'}`) : formatDate(opens.date);
  return <Tag>{t('open.opens', { day, time: opens.time })}</Tag>;
}
