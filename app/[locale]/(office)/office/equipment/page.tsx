import { getTranslations } from 'next-intl/server';
import { type UnitSearch, UnitsPart } from '#app/_parts/equipment/units-page.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('equipment'))('list.title') };
}

/** The machines at the facilities an authority keeps: what is overdue first. */
export default async function OfficeEquipment({ searchParams }: { searchParams: Promise<UnitSearch> }) {
  const t = await getTranslations('equipment');
  return (
    <>
      <PageTitle title={t('list.title')} below={t('list.officeIntro')} />
      <UnitsPart base="/office/equipment" search={await searchParams} />
    </>
  );
}
