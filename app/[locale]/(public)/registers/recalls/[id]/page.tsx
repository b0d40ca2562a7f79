import { permanentRedirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { RecallFacts } from '#app/_parts/drugs/recall-facts.tsx';
import { RecallState } from '#app/_parts/drugs/recall-tag.tsx';
import { TestList } from '#app/_parts/drugs/test-list.tsx';
import { read } from '#app/_server/caller.ts';
import { registerEntry } from '#app/_server/registers.ts';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  return { title: (await registerEntry('recalls', (await params).id)).title };
}

/** One recall as it stands today, with the samples of its batches that failed. */
export default async function RecallPage({ params }: Props) {
  const entry = await registerEntry('recalls', (await params).id);
  if (entry.movedTo) permanentRedirect(localePath(await getLocale(), `/registers/recalls/${entry.movedTo}`));
  const recall = await read((api) => api.drugs.recall({ id: entry.id }));
  const tests = await read((api) => api.drugs.tests({ id: recall.drug.id }));
  const failed = tests.filter(({ recalls }) => recalls.some(({ id }) => id === recall.id));
  const t = await getTranslations('recalls');
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('list.title'), href: '/registers/recalls' }, { label: recall.number }]} />
      <PageTitle
        title={t(`short.${recall.batches.length === 0 ? 'all' : 'some'}`, {
          level: recall.level,
          count: recall.batches.length,
        })}
        above={`${recall.number} · ${recall.drug.name}`}
        below={
          <>
            <RecallState state={recall.state} /> {recall.demo && <Tag>{t('list.demo')}</Tag>}
          </>
        }
      />
      <div className="stack-l">
        {recall.state === 'running' && <Notice tone="late">{t('detail.what')}</Notice>}
        {recall.state === 'coming' && <Notice>{t('detail.coming', { day: formatDate(recall.issuedOn) })}</Notice>}
        {recall.endedOn && recall.state === 'ended' && (
          <Notice>{t('detail.ended', { day: formatDate(recall.endedOn) })}</Notice>
        )}
        <section className="stack">
          <h2>{t('detail.facts')}</h2>
          <RecallFacts recall={recall} />
        </section>
        {failed.length > 0 && (
          <section className="stack">
            <h2>{t('detail.tests')}</h2>
            <TestList tests={failed} />
          </section>
        )}
        <p className="row">
          <Link href={`/registers/recalls/${recall.id}/history`}>{t('detail.history')}</Link>
          <Link href={`/registers/recalls/${recall.id}/suggest`}>{t('detail.suggest')}</Link>
        </p>
      </div>
    </Page>
  );
}
