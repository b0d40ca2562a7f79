import { useTranslations } from 'next-intl';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import type { TerritoryUnit } from '#server/territory/index.ts';
import { useUnitName } from './place-match.tsx';
import { type PlaceQuery, placesHref } from './place-query.ts';

interface Parts {
  districts: TerritoryUnit[];
  wards: TerritoryUnit[];
}

/** The provinces of the day, and of the chosen one its districts and wards. */
export function UnitList(props: { asked: PlaceQuery; provinces: TerritoryUnit[]; parts: Parts }) {
  const { asked, provinces, parts } = props;
  const t = useTranslations('places');
  const { short } = useUnitName();
  const day = asked.on ? t('list.on', { date: formatDate(asked.on) }) : t('list.today');
  const chosen = provinces.find(({ code }) => code === asked.province);
  return (
    <section className="stack" aria-labelledby="units">
      <h2 id="units">{chosen ? `${short(chosen)}, ${day}` : t('list.title', { count: provinces.length, day })}</h2>
      {chosen ? (
        <>
          <p>
            <Link href={placesHref({ ...asked, province: '' })}>{t('list.all')}</Link>
          </p>
          {parts.districts.length > 0 && (
            <Units title={t('list.districts', { count: parts.districts.length })} units={parts.districts} />
          )}
          <Units title={t('list.wards', { count: parts.wards.length })} units={parts.wards} />
        </>
      ) : (
        <ul className="units cards">
          {provinces.map((unit) => (
            <li key={unit.code}>
              <Link href={placesHref({ ...asked, province: unit.code })}>{short(unit)}</Link>{' '}
              <span className="hint">{unit.code}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Units({ title, units }: { title: string; units: TerritoryUnit[] }) {
  const { short } = useUnitName();
  return (
    <>
      <h3>{title}</h3>
      <ul className="units cards">
        {units.map((unit) => (
          <li key={unit.code}>
            {short(unit)} <span className="hint">{unit.code}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
