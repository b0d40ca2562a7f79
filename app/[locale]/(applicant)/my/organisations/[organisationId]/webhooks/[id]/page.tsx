import { getTranslations } from 'next-intl/server';
import { WebhookDetail } from '#app/_parts/webhooks/webhook-detail.tsx';
import { webhookWithLog } from '#app/_server/registers.ts';
import { pageIn } from '#app/_ui/address.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';

type Props = {
  params: Promise<{ organisationId: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const notices = ['pinged', 'paused', 'active', 'replayed', 'trying'] as const;

export async function generateMetadata({ params, searchParams }: Props) {
  const { webhook } = await webhookWithLog((await params).id, pageIn(await searchParams));
  return { title: new URL(webhook.url).host };
}

/** One receiver of a business with the log of what it was sent. */
export default async function BusinessWebhookPage({ params, searchParams }: Props) {
  const [{ organisationId, id }, query] = [await params, await searchParams];
  const found = await webhookWithLog(id, pageIn(query));
  const t = await getTranslations('exchange.webhooks');
  const base = `/my/organisations/${organisationId}/webhooks`;
  const done = notices.find((each) => each === query.done);
  const { host } = new URL(found.webhook.url);
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('title'), href: base }, { label: host }]} />
      <PageTitle title={host} below={found.webhook.url} />
      {done && (
        <Notice tone="ok" status>
          {t(`done.${done}`)}
        </Notice>
      )}
      <WebhookDetail base={base} {...found} />
    </Page>
  );
}
