import { getTranslations } from 'next-intl/server';
import { UnitTag } from '#app/_parts/equipment/unit-table.tsx';
import { UnitPart } from '#app/_parts/equipment/unit-view.tsx';
import { read } from '#app/_server/caller.ts';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';

type Props = { params: Promise<{ id: string }> };
const load = async (unitId: string) => read((api) => api.equipment.unit({ unitId }));

export async function generateMetadata({ params }: Props) {
  return { title: (await load((await params).id)).device.name };
}

/** One machine, as the authority that keeps its facility sees it. */
export default async function OfficeUnitPage({ params }: Props) {
  const unit = await load((await params).id);
  const t = await getTranslations('equipment');
  const title = `${unit.device.name} ${unit.device.model}`;
  return (
    <>
      <Breadcrumbs items={[{ href: '/office/equipment', label: t('list.title') }, { label: unit.serial }]} />
      <PageTitle title={title} above={unit.facility.name} below={<UnitTag status={unit.status} />} />
      <UnitPart unit={unit} />
    </>
  );
}
