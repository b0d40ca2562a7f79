import { getTranslations } from 'next-intl/server';
import { FacilityFilterForm } from '#app/_parts/registers/facility-filters.tsx';
import { FacilityResults } from '#app/_parts/registers/facility-list.tsx';
import { readFilters, type Search, searchOf } from '#app/_parts/registers/facility-query.ts';
import { RegisterTabs } from '#app/_parts/registers/register-tabs.tsx';
import { read } from '#app/_server/caller.ts';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { weekdayOf } from '#server/facilities/rules.ts';
import { now } from '#server/platform/clock.ts';

const base = '/registers/facilities';

export async function generateMetadata() {
  return { title: (await getTranslations('facilities'))('list.title') };
}

export default async function FacilitiesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const filters = readFilters(await searchParams);
  const t = await getTranslations('facilities');
  const [list, provinces] = await read(async (api) =>
    Promise.all([api.facilities.search(searchOf(filters, 20)), api.territory.provinces({})]),
  );
  return (
    <Page>
      <PageTitle title={t('list.title')} below={t('list.intro')} />
      <div className="stack-l">
        <RegisterTabs />
        <FacilityFilterForm base={base} filters={filters} provinces={provinces} />
        <FacilityResults base={base} filters={filters} list={list} today={weekdayOf(now())} />
      </div>
    </Page>
  );
}
