import { getTranslations } from 'next-intl/server';
import { WebhookForm } from '#app/_parts/webhooks/webhook-form.tsx';
import { WebhookTable } from '#app/_parts/webhooks/webhook-table.tsx';
import { read } from '#app/_server/caller.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';

type Props = {
  params: Promise<{ organisationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations('exchange.webhooks'))('title') };
}

/** The systems of a business that are told of changes of registers, and a form for one more. */
export default async function BusinessWebhooksPage({ params, searchParams }: Props) {
  const [{ organisationId }, { done }, t] = await Promise.all([
    params,
    searchParams,
    getTranslations('exchange.webhooks'),
  ]);
  const [business, { items }] = await read((api) =>
    Promise.all([api.identity.myOrganisation({ organisationId }), api.exchange.webhooks({})]),
  );
  const home = `/my/organisations/${organisationId}`;
  return (
    <Page>
      <Breadcrumbs items={[{ label: business.name, href: home }, { label: t('title') }]} />
      <PageTitle title={t('title')} below={t('lead')} />
      <div className="stack-l">
        {done === 'removed' && (
          <Notice tone="ok" status>
            {t('done.removed')}
          </Notice>
        )}
        <section className="stack">
          <h2>{t('list')}</h2>
          <WebhookTable
            base={`${home}/webhooks`}
            webhooks={items.filter(({ organisation }) => organisation.id === organisationId)}
          />
        </section>
        <section className="stack">
          <h2>{t('add')}</h2>
          <WebhookForm organisations={[{ id: organisationId, name: business.name }]} />
        </section>
        <p>
          <Link href="/open-data#webhooks">{t('how')}</Link>
        </p>
      </div>
    </Page>
  );
}
