import { useLocale, useTranslations } from 'next-intl';
import { Card } from '#app/_ui/cards.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Details, Tag } from '#app/_ui/status.tsx';
import type { PlaceMatch, PlaceUnit } from '#server/territory/index.ts';

/** How a unit is called in the language of the page, with the units it is part of. */
export function useUnitName() {
  const vi = useLocale() === 'vi';
  const short = (unit: { fullName: string; fullNameEn: string }) => (vi ? unit.fullName : unit.fullNameEn);
  const whole = (unit: PlaceUnit) => [unit, unit.district, unit.province].filter((each) => each !== null).map(short);
  return { short, whole: (unit: PlaceUnit) => whole(unit).join(', ') };
}

/** One unit that was meant: whether it holds, what became of it, and by which resolution. */
export function PlaceMatchCard({ match: { unit, fate, becomes, formedFrom } }: { match: PlaceMatch }) {
  const t = useTranslations('places');
  const { short, whole } = useUnitName();
  return (
    <Card title={whole(unit)}>
      <p>
        <Tag tone={fate === 'holds' ? 'ok' : 'wait'}>{fate === 'holds' ? t('fate.holds') : t('fate.ended')}</Tag>{' '}
        {t('code', { code: unit.code })}
        {unit.since && ` · ${t('since', { date: formatDate(unit.since) })}`}
        {unit.until && ` · ${t('until', { date: formatDate(unit.until) })}`}
      </p>
      {fate !== 'holds' && <p>{t(`tells.${fate}`, { count: becomes.length })}</p>}
      {becomes.length > 0 && (
        <ul className="units stack">
          {becomes.map(({ unit: next, resolution }) => (
            <li key={next.code}>
              <strong>{whole(next)}</strong>
              <span className="hint">
                {' '}
                {t('code', { code: next.code })} · {t('resolution', { resolution })}
                {next.since && ` · ${t('since', { date: formatDate(next.since) })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {formedFrom.length > 0 && (
        <Details summary={t('formedFrom', { count: formedFrom.length })}>
          <ul className="units">
            {formedFrom.map(({ unit: part, divided }) => (
              <li key={`${part.level}${part.code}${part.until}`}>
                {divided ? t('partOf', { name: short(part) }) : short(part)}
              </li>
            ))}
          </ul>
        </Details>
      )}
    </Card>
  );
}
