import { useTranslations } from 'next-intl';
import { Tag } from '#app/_ui/status.tsx';
import type { OpenState } from '#server/facilities/index.ts';

/** Whether it is open at this minute and when that changes. `today` is the weekday, 1 Monday to 7. */
export function OpenText({ state, today }: { state: OpenState; today: number }) {
  const t = useTranslations('facilities');
  if (state.open) {
    return <Tag tone="ok">{state.until ? t('open.until', { time: state.until.time }) : t('open.always')}</Tag>;
  }
  const { opens } = state;
  if (!opens) return <Tag>{t('open.closed')}</Tag>;
  if (opens.weekday === today) return <Tag>{t('open.opensToday', { time: opens.time })}</Tag>;
  const day = t(`weekdays.${String(opens.weekday) as '1'}`);
  return <Tag>{t('open.opens', { day, time: opens.time })}</Tag>;
}
