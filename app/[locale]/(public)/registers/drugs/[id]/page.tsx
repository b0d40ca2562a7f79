import { permanentRedirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { PriceTables } from '#app/_parts/drugs/price-tables.tsx';
import { RecallTable } from '#app/_parts/drugs/recall-table.tsx';
import { RecallTag } from '#app/_parts/drugs/recall-tag.tsx';
import { TestList } from '#app/_parts/drugs/test-list.tsx';
import { CodeNames } from '#app/_parts/registers/code-names.tsx';
import { dayAsked } from '#app/_parts/registers/day-asked.ts';
import { DayField } from '#app/_parts/registers/day-field.tsx';
import { DrugTag } from '#app/_parts/registers/drug-table.tsx';
import { VersionFacts } from '#app/_parts/registers/version-facts.tsx';
import { read } from '#app/_server/caller.ts';
import { registerEntry } from '#app/_server/registers.ts';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props) {
  return { title: (await registerEntry('drugs', (await params).id)).title };
}

/** One drug as it stands today: registration, recalls, declared prices as of a day, samples that failed. */
export default async function DrugPage({ params, searchParams }: Props) {
  const entry = await registerEntry('drugs', (await params).id);
  if (entry.movedTo) permanentRedirect(localePath(await getLocale(), `/registers/drugs/${entry.movedTo}`));
  const { id } = entry;
  const on = dayAsked((await searchParams).on);
  const [drug, prices, tests] = await read((api) =>
    Promise.all([
      api.drugs.get({ id }),
      api.drugs.prices({ id, ...(on.day ? { on: on.day } : {}) }),
      api.drugs.tests({ id }),
    ]),
  );
  const t = await getTranslations('drugs');
  // officials of the keeper see every sample at their desk; this page is the public's
  const failed = tests.filter(({ passed, earlier }) => !passed || earlier.some((was) => !was.passed));
  const running = drug.recalls.filter(({ state }) => state === 'running');
  const codes = [...new Set(drug.ingredients.flatMap(({ atc }) => atc ?? []))];
  const atc = await read((api) => api.nomenclatures.names({ system: 'atc', codes }));
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('list.title'), href: '/registers/drugs' }, { label: drug.name }]} />
      <PageTitle
        title={drug.name}
        above={drug.registrationNumber}
        below={
          <>
            <DrugTag status={drug.status} /> {drug.demo && <Tag>{t('list.demo')}</Tag>}
          </>
        }
      />
      <div className="stack-l">
        {drug.status === 'withdrawn' && (
          <Notice tone="late">{t('detail.withdrawn', { day: formatDate(drug.withdrawnOn!) })}</Notice>
        )}
        {drug.status === 'expired' && <Notice tone="late">{t('detail.notInForce')}</Notice>}
        {running.length > 0 && (
          <Notice tone="late" title={t('detail.recallNow')}>
            {running.map((recall) => (
              <p key={recall.id}>
                <RecallTag recall={recall} /> <Link href={`/registers/recalls/${recall.id}`}>{recall.number}</Link>
              </p>
            ))}
          </Notice>
        )}
        <section className="stack">
          <h2>{t('detail.facts')}</h2>
          <VersionFacts register="drugs" fields={entry.fields ?? []} />
          <CodeNames system="atc" codes={codes} found={atc} />
        </section>
        <section className="stack">
          <h2>{t('detail.recalls')}</h2>
          <RecallTable
            recalls={drug.recalls}
            base="/registers/recalls"
            empty={<p className="hint">{t('detail.recallsNone')}</p>}
            ofOne
          />
        </section>
        <section className="stack">
          <h2>{t('prices.title')}</h2>
          {prices.history.length > 0 && (
            <FilterForm action={`/registers/drugs/${id}`} label={t('prices.on')}>
              <DayField name="on" label={t('prices.on')} hint={t('prices.onHint')} asked={on} />
            </FilterForm>
          )}
          <PriceTables prices={prices} />
        </section>
        {failed.length > 0 && (
          <section className="stack">
            <h2>{t('detail.tests')}</h2>
            <TestList tests={failed} />
          </section>
        )}
        <p className="row">
          <Link href={`/registers/drugs/${drug.id}/history`}>{t('detail.asOf')}</Link>
          <Link href={`/registers/drugs/${drug.id}/suggest`}>{t('detail.suggest')}</Link>
        </p>
      </div>
    </Page>
  );
}
