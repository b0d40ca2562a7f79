import { getTranslations } from 'next-intl/server';
import { FacilityFilterForm } from '#app/_parts/registers/facility-filters.tsx';
import { FacilityResults } from '#app/_parts/registers/facility-list.tsx';
import { hrefOf, readFilters, type Search, searchOf } from '#app/_parts/registers/facility-query.ts';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';

const base = '/office/registers/facilities';

export async function generateMetadata() {
  return { title: (await getTranslations('facilities'))('office.title') };
}

/** The register as officials use it: the public's list, leading to what may be changed. */
export default async function OfficeFacilitiesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const filters = readFilters(await searchParams);
  const [t, registers] = await Promise.all([getTranslations('facilities'), getTranslations('registers')]);
  const [list, provinces] = await read(async (api) => {
    // the list is public; this page and what it leads to are for officials
    await api.dossiers.queueViews();
    return Promise.all([api.facilities.search(searchOf(filters, 50)), api.territory.provinces({})]);
  });
  return (
    <>
      <PageTitle
        title={t('office.title')}
        actions={
          <LinkButton
            kind="quiet"
            href={hrefOf('/office/registers/exports', { q: filters.q, province: filters.province, kind: filters.kind })}
          >
            {registers('exports.fromList')}
          </LinkButton>
        }
      />
      <div className="stack-l">
        <FacilityFilterForm base={base} filters={filters} provinces={provinces} />
        <FacilityResults base={base} filters={filters} list={list} />
      </div>
    </>
  );
}
