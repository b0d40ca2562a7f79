import { useTranslations } from 'next-intl';
import type { FacilityView } from '#server/facilities/index.ts';

const days = ['1', '2', '3', '4', '5', '6', '7'] as const;

/** The week, Monday first; today stands out. */
export function OpeningTable({ hours, today }: { hours: NonNullable<FacilityView['openingHours']>; today: number }) {
  const t = useTranslations('facilities');
  return (
    <table>
      <caption className="hidden-text">{t('detail.hours')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('detail.day')}</th>
          <th scope="col">{t('detail.time')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day} aria-current={Number(day) === today ? 'date' : undefined}>
            <th scope="row">{t(`weekdays.${day}`)}</th>
            <td>{(hours[day] ?? []).map(({ from, to }) => `${from}–${to}`).join(', ') || t('open.closedDay')}</td>
          </tr>
        ))}
        {hours.holiday && (
          <tr>
            <th scope="row">{t('detail.holiday')}</th>
            <td>{hours.holiday.map(({ from, to }) => `${from}–${to}`).join(', ') || t('open.closedDay')}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
