import { permanentRedirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { PriceTables } from '#app/_parts/drugs/price-tables.tsx';
import { RecallTable } from '#app/_parts/drugs/recall-table.tsx';
import { TestList } from '#app/_parts/drugs/test-list.tsx';
import { DrugTag } from '#app/_parts/registers/drug-table.tsx';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};
const load = async (id: string) => read((api) => api.drugs.forOffice({ id }));

export async function generateMetadata({ params }: Props) {
  return { title: (await load((await params).id)).drug.name };
}

/** One drug for officials: declared prices, quality tests and recalls, and what may be recorded. */
export default async function DrugDeskPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { done } = await searchParams;
  const { drug, mayRecord, movedTo } = await load(id);
  if (movedTo) permanentRedirect(localePath(await getLocale(), `/office/registers/drugs/${movedTo}`));
  const [prices, tests] = await read((api) => Promise.all([api.drugs.prices({ id }), api.drugs.tests({ id })]));
  const t = await getTranslations('drugs');
  const base = `/office/registers/drugs/${id}`;
  return (
    <>
      <Breadcrumbs items={[{ label: t('desk.title'), href: '/office/registers/drugs' }, { label: drug.name }]} />
      <PageTitle
        title={drug.name}
        above={drug.registrationNumber}
        below={<DrugTag status={drug.status} />}
        actions={
          mayRecord && (
            <>
              <LinkButton href="/office/registers/new/recalls">{t('desk.recall')}</LinkButton>
              <LinkButton kind="quiet" href={`${base}/change`}>
                {t('desk.change')}
              </LinkButton>
            </>
          )
        }
      />
      <div className="stack-l">
        {(done === 'price' || done === 'test') && (
          <Notice tone="ok" status>
            {t(`desk.done.${done}`)}
          </Notice>
        )}
        <section className="stack">
          <h2>{t('prices.title')}</h2>
          <PriceTables
            prices={prices}
            act={(price) =>
              mayRecord ? <Link href={`${base}/price?corrects=${price.id}`}>{t('prices.correct')}</Link> : '–'
            }
          />
          {mayRecord && (
            <p>
              <LinkButton kind="quiet" href={`${base}/price`}>
                {t('prices.record')}
              </LinkButton>
            </p>
          )}
        </section>
        <section className="stack">
          <h2>{t('tests.title')}</h2>
          <TestList
            tests={tests}
            act={(test) =>
              mayRecord && (
                <p>
                  <Link href={`${base}/test?corrects=${test.id}`}>{t('tests.correct')}</Link>
                </p>
              )
            }
          />
          {mayRecord && (
            <p>
              <LinkButton kind="quiet" href={`${base}/test`}>
                {t('tests.record')}
              </LinkButton>
            </p>
          )}
        </section>
        <section className="stack">
          <h2>{t('detail.recalls')}</h2>
          <RecallTable
            recalls={drug.recalls}
            base="/office/registers/recalls"
            empty={<p className="hint">{t('detail.recallsNone')}</p>}
            ofOne
          />
        </section>
        <p>
          <Link href={`/registers/drugs/${id}`}>{t('desk.public')}</Link>
        </p>
      </div>
    </>
  );
}
