import { getTranslations } from 'next-intl/server';
import { addUnit } from '#app/_parts/equipment/equipment-actions.ts';
import { UnitForm } from '#app/_parts/equipment/unit-form.tsx';
import { read } from '#app/_server/caller.ts';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';

type Props = { params: Promise<{ facilityId: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('equipment'))('form.title') };
}

/** The registrar enters a machine for a facility of the authority. */
export default async function OfficeNewUnitPage({ params }: Props) {
  const { facilityId } = await params;
  await read((api) => api.equipment.form({ facilityId }));
  const facility = await read((api) => api.facilities.get({ id: facilityId }));
  const t = await getTranslations('equipment');
  return (
    <>
      <Breadcrumbs items={[{ href: '/office/equipment', label: t('list.title') }, { label: t('form.title') }]} />
      <PageTitle title={t('form.title')} above={facility.name} />
      <div className="prose stack">
        <UnitForm action={addUnit.bind(null, 'office', facilityId)} />
      </div>
    </>
  );
}
