import { getTranslations } from 'next-intl/server';
import { dayAsked } from '#app/_parts/registers/day-asked.ts';
import { DayField } from '#app/_parts/registers/day-field.tsx';
import { DrugTable } from '#app/_parts/registers/drug-table.tsx';
import { EntriesAsOf } from '#app/_parts/registers/entries-as-of.tsx';
import { RegisterTabs } from '#app/_parts/registers/register-tabs.tsx';
import { TakeAway } from '#app/_parts/registers/take-away.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { Select, TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { SearchDrugs } from '#server/drugs/inputs.ts';
import { type DrugStatus, drugStatuses } from '#server/drugs/rules.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('drugs'))('list.title') };
}

/** The public register of drugs: what is typed and chosen is the address. */
export default async function DrugsPage({ searchParams }: Props) {
  const asked = await searchParams;
  const text = (name: string) => textIn(asked, name);
  const q = text('q');
  const status = SearchDrugs.shape.status.safeParse(text('status') || undefined).data;
  const page = pageIn(asked, 100_000);
  const asOf = dayAsked(asked.asOf);
  const [t, say] = await Promise.all([getTranslations('drugs'), getTranslations('registers.asOf')]);
  const kept = { q, status: status ?? '' };
  return (
    <Page>
      <PageTitle title={t('list.title')} below={t('list.intro')} />
      <div className="stack-l">
        <RegisterTabs />
        <FilterForm action="/registers/drugs" label={t('list.title')}>
          <TextField
            name="q"
            label={t('list.q')}
            defaultValue={q}
            type="search"
            autoComplete="off"
            spellCheck={false}
          />
          <Select
            name="status"
            label={t('list.status')}
            empty={t('list.anyStatus')}
            options={drugStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
            defaultValue={status ?? ''}
          />
          <DayField name="asOf" label={say('day')} hint={say('dayHint')} asked={asOf} optional />
        </FilterForm>
        {asOf.day ? (
          <DrugsOn day={asOf.day} kept={kept} page={page} />
        ) : (
          <DrugsToday q={q} status={status} page={page} kept={kept} />
        )}
        <TakeAway register="drugs" query={{ ...kept, asOf: asOf.day ?? '' }} />
      </div>
    </Page>
  );
}

type Kept = { q: string; status: string };

async function DrugsOn({ day, kept, page }: { day: string; kept: Kept; page: number }) {
  const { q, status } = kept;
  const list = await read((api) => api.registers.entries({ register: 'drugs', on: day, q, status, page }));
  return <EntriesAsOf list={list} query={{ ...kept, asOf: day }} />;
}

async function DrugsToday(props: { q: string; status: DrugStatus | undefined; page: number; kept: Kept }) {
  const { q, status, page, kept } = props;
  const list = await read((api) => api.drugs.search({ q, ...(status ? { status } : {}), page }));
  const t = await getTranslations('drugs');
  const href = (to: number) => `/registers/drugs?${new URLSearchParams({ ...kept, page: String(to) })}`;
  return (
    <>
      <p role="status">{t('list.found', { count: list.total })}</p>
      <DrugTable drugs={list.items} />
      <Pagination page={list.page} pageSize={list.pageSize} total={list.total} href={href} />
    </>
  );
}
