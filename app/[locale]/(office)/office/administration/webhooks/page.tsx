import { getTranslations } from 'next-intl/server';
import { WebhookForm } from '#app/_parts/webhooks/webhook-form.tsx';
import { WebhookTable } from '#app/_parts/webhooks/webhook-table.tsx';
import { read } from '#app/_server/caller.ts';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { AdministrationTabs } from '../tabs.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('exchange.webhooks'))('title') };
}

/** The systems that are told of changes of registers, and a form for one more. */
export default async function WebhooksPage({ searchParams }: Props) {
  const [{ done }, { items, organisations }, t] = await Promise.all([
    searchParams,
    read((api) => api.exchange.webhooks({})),
    getTranslations('exchange.webhooks'),
  ]);
  const authorities = organisations.filter(({ kind }) => kind === 'authority');
  const own = items.filter(({ organisation }) => authorities.some(({ id }) => id === organisation.id));
  return (
    <>
      <PageTitle title={t('title')} below={t('lead')} />
      <AdministrationTabs />
      {done === 'removed' && (
        <Notice tone="ok" status>
          {t('done.removed')}
        </Notice>
      )}
      <div className="stack-l">
        <section className="stack">
          <h2>{t('list')}</h2>
          <WebhookTable base="/office/administration/webhooks" webhooks={own} />
        </section>
        {authorities.length > 0 && (
          <section className="stack">
            <h2>{t('add')}</h2>
            <WebhookForm organisations={authorities} />
          </section>
        )}
        <p>
          <Link href="/open-data#webhooks">{t('how')}</Link>
        </p>
      </div>
    </>
  );
}
