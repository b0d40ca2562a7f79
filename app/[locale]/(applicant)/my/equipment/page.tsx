import { getTranslations } from 'next-intl/server';
import { type UnitSearch, UnitsPart } from '#app/_parts/equipment/units-page.tsx';
import { read } from '#app/_server/caller.ts';
import { Page } from '#app/_ui/frame.tsx';
import { LinkList } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('equipment'))('list.title') };
}

/** The machines at the facilities of one's businesses, and the way to enter another. */
export default async function MyEquipment({ searchParams }: { searchParams: Promise<UnitSearch> }) {
  const [t, all] = [await getTranslations('equipment'), await getTranslations()];
  const licences = await read((api) => api.facilities.mine({}));
  const places = new Map(licences.map(({ facility }) => [facility.id, facility.name]));
  return (
    <Page>
      <Breadcrumbs items={[{ href: '/my', label: all('dossiers.my.title') }, { label: t('list.title') }]} />
      <PageTitle title={t('list.title')} below={t('list.intro')} />
      <div className="stack-l">
        <section className="stack">
          <h2>{t('add.title')}</h2>
          {places.size === 0 ? (
            <p className="hint">{t('add.noFacility')}</p>
          ) : (
            <LinkList
              links={[...places].map(([id, name]) => ({
                href: `/my/equipment/new/${id}`,
                label: t('add.at', { facility: name }),
              }))}
            />
          )}
        </section>
        <UnitsPart base="/my/equipment" search={await searchParams} />
      </div>
    </Page>
  );
}
