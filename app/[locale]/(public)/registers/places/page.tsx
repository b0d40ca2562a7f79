import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState, Notice } from '#app/_ui/status.tsx';
import { PlaceForm } from './_parts/place-form.tsx';
import { PlaceMatchCard } from './_parts/place-match.tsx';
import { readPlaceQuery, type Search } from './_parts/place-query.ts';
import { UnitList } from './_parts/unit-list.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('places'))('title') };
}

/** What an address or a code of any time means on a day, and the units of that day. */
export default async function PlacesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const asked = readPlaceQuery(await searchParams);
  const t = await getTranslations('places');
  const { on, province } = asked;
  const day = on ? { on } : {};
  const { answer, provinces, parts } = await read(async (api) => {
    const [answer, provinces, districts, wards] = await Promise.all([
      asked.q ? api.territory.lookUp({ text: asked.q, ...day }) : null,
      api.territory.provinces(day),
      province ? api.territory.districts({ provinceCode: province, ...day }) : [],
      province ? api.territory.wards({ provinceCode: province, ...day }) : [],
    ]);
    return { answer, provinces, parts: { districts, wards } };
  });
  return (
    <Page>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack-l">
        <PlaceForm asked={asked} />
        {answer && (
          <section className="stack" aria-labelledby="found">
            <h2 id="found">{t('found', { count: answer.matches.length, text: asked.q })}</h2>
            {answer.matches.length === 0 && (
              <EmptyState title={t('nothing')}>
                <p>{t('nothingHelp')}</p>
              </EmptyState>
            )}
            {answer.matches.length > 2 && <Notice tone="info">{t('several')}</Notice>}
            {answer.matches.map((match) => (
              <PlaceMatchCard key={`${match.unit.level}${match.unit.code}${match.unit.until}`} match={match} />
            ))}
            {answer.more && <p>{t('more')}</p>}
          </section>
        )}
        <UnitList asked={asked} provinces={provinces} parts={parts} />
      </div>
    </Page>
  );
}
