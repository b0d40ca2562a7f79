import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import type { WebhookLine } from '#server/exchange/index.ts';
import { StateTag } from './receiver-standing.tsx';

/** The receivers one keeps, each leading to its log. */
export function WebhookTable({ base, webhooks }: { base: string; webhooks: WebhookLine[] }) {
  const t = useTranslations('exchange.webhooks');
  const names = useTranslations('registers.names');
  return (
    <DataTable
      caption={t('list')}
      hideCaption
      empty={<p className="hint">{t('none')}</p>}
      columns={[
        { key: 'url', label: t('url') },
        { key: 'registers', label: t('registers') },
        { key: 'state', label: t('state') },
        { key: 'waiting', label: t('waiting'), number: true },
        { key: 'parked', label: t('parked'), number: true },
      ]}
      rows={webhooks.map((webhook) => ({
        id: webhook.id,
        late: webhook.parked > 0 || webhook.state === 'stopped',
        cells: {
          url: <Link href={`${base}/${webhook.id}`}>{webhook.url}</Link>,
          registers: webhook.registers.map((key) => names(key as 'drugs')).join(', '),
          state: <StateTag webhook={webhook} />,
          waiting: webhook.waiting,
          parked: webhook.parked,
        },
      }))}
    />
  );
}
