import { getTranslations } from 'next-intl/server';
import { WebhookDetail } from '#app/_parts/webhooks/webhook-detail.tsx';
import { webhookWithLog } from '#app/_server/registers.ts';
import { pageIn } from '#app/_ui/address.ts';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const base = '/office/administration/webhooks';
const notices = ['pinged', 'paused', 'active', 'replayed', 'trying'] as const;

export async function generateMetadata({ params, searchParams }: Props) {
  const { webhook } = await webhookWithLog((await params).id, pageIn(await searchParams));
  return { title: new URL(webhook.url).host };
}

/** One receiver with the log of what it was sent. */
export default async function WebhookPage({ params, searchParams }: Props) {
  const query = await searchParams;
  const found = await webhookWithLog((await params).id, pageIn(query));
  const t = await getTranslations('exchange.webhooks');
  const done = notices.find((each) => each === query.done);
  return (
    <>
      <Breadcrumbs items={[{ label: t('title'), href: base }, { label: new URL(found.webhook.url).host }]} />
      <PageTitle title={new URL(found.webhook.url).host} below={found.webhook.url} />
      {done && (
        <Notice tone="ok" status>
          {t(`done.${done}`)}
        </Notice>
      )}
      <WebhookDetail base={base} {...found} />
    </>
  );
}
