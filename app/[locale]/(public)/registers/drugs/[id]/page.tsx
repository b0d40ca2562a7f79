import { permanentRedirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { DrugTag } from '#app/_parts/registers/drug-table.tsx';
import { VersionFacts } from '#app/_parts/registers/version-facts.tsx';
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
  return { title: (await registerEntry('drugs', (await params).id)).title };
}

/** One drug as it stands today. */
export default async function DrugPage({ params }: Props) {
  const entry = await registerEntry('drugs', (await params).id);
  if (entry.movedTo) permanentRedirect(localePath(await getLocale(), `/registers/drugs/${entry.movedTo}`));
  const drug = await read((api) => api.drugs.get({ id: entry.id }));
  const t = await getTranslations('drugs');
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
        <section className="stack">
          <h2>{t('detail.facts')}</h2>
          <VersionFacts register="drugs" fields={entry.fields ?? []} />
        </section>
        <p className="row">
          <Link href={`/registers/drugs/${drug.id}/history`}>{t('detail.asOf')}</Link>
          <Link href={`/registers/drugs/${drug.id}/suggest`}>{t('detail.suggest')}</Link>
        </p>
      </div>
    </Page>
  );
}
