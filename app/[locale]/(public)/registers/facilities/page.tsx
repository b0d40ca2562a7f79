import { getTranslations } from 'next-intl/server';
import { dayAsked } from '#app/_parts/registers/day-asked.ts';
import { DayField } from '#app/_parts/registers/day-field.tsx';
import { EntriesAsOf } from '#app/_parts/registers/entries-as-of.tsx';
import { FacilityFilterForm } from '#app/_parts/registers/facility-filters.tsx';
import { FacilityResults } from '#app/_parts/registers/facility-list.tsx';
import { type FacilityFilters, readFilters, type Search, searchOf } from '#app/_parts/registers/facility-query.ts';
import { RegisterTabs } from '#app/_parts/registers/register-tabs.tsx';
import { TakeAway } from '#app/_parts/registers/take-away.tsx';
import { read } from '#app/_server/caller.ts';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';

const base = '/registers/facilities';

export async function generateMetadata() {
  return { title: (await getTranslations('facilities'))('list.title') };
}

/** The public register of facilities, today or as of a day: what is typed and chosen is the address. */
export default async function FacilitiesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const asked = await searchParams;
  const filters = readFilters(asked);
  const asOf = dayAsked(asked.asOf);
  const [t, say] = await Promise.all([getTranslations('facilities'), getTranslations('registers.asOf')]);
  const provinces = await read((api) => api.territory.provinces({}));
  return (
    <Page>
      <PageTitle title={t('list.title')} below={t('list.intro')} />
      <div className="stack-l">
        <RegisterTabs />
        <FacilityFilterForm
          base={base}
          filters={filters}
          provinces={provinces}
          more={<DayField name="asOf" label={say('day')} hint={say('dayHint')} asked={asOf} optional />}
        />
        {asOf.day ? <FacilitiesOn day={asOf.day} filters={filters} /> : <FacilitiesToday filters={filters} />}
        <TakeAway register="facilities" query={interfaceQuery(filters, asOf.day)} />
      </div>
    </Page>
  );
}

const interfaceQuery = ({ q, kind, status, province, open }: FacilityFilters, asOf = ''): Record<string, string> => ({
  ...{ q, kind, status, province, asOf },
  openNow: open && !asOf ? 'true' : '',
});

async function FacilitiesToday({ filters }: { filters: FacilityFilters }) {
  const list = await read((api) => api.facilities.search(searchOf(filters, 20)));
  return <FacilityResults base={base} filters={filters} list={list} />;
}

async function FacilitiesOn({ day, filters }: { day: string; filters: FacilityFilters }) {
  const { q, status, kind, province, page } = filters;
  const list = await read((api) =>
    api.registers.entries({ register: 'facilities', on: day, q, status, criteria: { kind, province }, page }),
  );
  return <EntriesAsOf list={list} query={{ q, status, kind, province, asOf: day }} />;
}
