import { getLocale, getTranslations } from 'next-intl/server';
import { ClockCard } from '#app/_ui/cards.tsx';
import { formatNumber, formatWeekday } from '#app/_ui/format.ts';
import type { ClockExplanation } from '#server/calendar/index.ts';

/** Working days left and why: what counts, what was left out, by name. */
export async function ClockSummary({
  clock,
  href,
  settled = true,
}: {
  clock: ClockExplanation;
  href: string;
  /** false for a dossier that ended without a result: withdrawn or stopped */
  settled?: boolean;
}) {
  const [t, locale] = await Promise.all([getTranslations('dossiers.clock'), getLocale()]);
  const days = (value: number) => t('days', { days: Number(formatNumber(value, 'en', 1).replaceAll(',', '')) });
  const finished = clock.state === 'finished';
  const value = finished
    ? days(clock.usedDays)
    : clock.late
      ? t('late', { days: Math.ceil(-clock.remainingDays) })
      : t('days', { days: Math.floor(clock.remainingDays) });
  const due = clock.dueAt ? t('due', { date: formatWeekday(clock.dueAt, locale) }) : null;
  // a clock that ended says how it ended: what is left means nothing any more
  const end =
    clock.finishedAt &&
    t(clock.late ? 'settledLate' : settled ? 'settledOnTime' : 'ended', {
      days: Math.ceil(-clock.remainingDays),
      date: formatWeekday(clock.finishedAt, locale),
    });
  const skipped = new Map<string, number>();
  for (const interval of clock.intervals) {
    if (!interval.past || !['stopped', 'holiday', 'swapped'].includes(interval.kind)) continue;
    const label =
      interval.kind === 'stopped'
        ? t(`reasons.${interval.reason ?? 'supplement'}`)
        : (interval.name?.[locale as 'vi' | 'en'] ?? t(`kinds.${interval.kind}`));
    skipped.set(label, (skipped.get(label) ?? 0) + 1);
  }
  return (
    <ClockCard
      label={t(finished ? (settled ? 'settledIn' : 'endedAfter') : 'left')}
      value={value}
      late={clock.late}
      below={finished ? end : clock.state === 'stopped' ? `${t('stopped')}; ${due} (${t('provisional')})` : due}
      lines={[
        { label: t('limit'), value: days(clock.limitDays) },
        ...(clock.extendedDays > 0 ? [{ label: t('extended'), value: days(clock.extendedDays) }] : []),
        ...(finished ? [] : [{ label: t('used'), value: days(clock.usedDays) }]),
        ...[...skipped.keys()].map((label) => ({ label, value: t('notCounted') })),
      ]}
      more={{ href, label: t('eachDay') }}
    />
  );
}
