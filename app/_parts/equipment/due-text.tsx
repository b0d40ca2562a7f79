import { useTranslations } from 'next-intl';
import { Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { CheckPlan } from '#server/equipment/index.ts';

/** When a check is due, with a mark where that is near or past. */
export function DueText({ plan }: { plan: CheckPlan }) {
  const t = useTranslations('equipment');
  if (!plan.dueOn) return <span className="hint">{t('due.none')}</span>;
  return (
    <>
      <DateText value={plan.dueOn} /> {plan.state === 'overdue' && <Tag tone="late">{t('due.overdue')}</Tag>}
      {plan.state === 'soon' && <Tag tone="wait">{t('due.soon')}</Tag>}
    </>
  );
}
