import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { PriceHistory, PriceView } from '#server/drugs/index.ts';
import { dongText } from '#server/platform/money.ts';

/** The declared prices of a day, then every row that was recorded; `act` adds what an official may do with each. */
export function PriceTables({ prices, act }: { prices: PriceHistory; act?: (price: PriceView) => ReactNode }) {
  const t = useTranslations('drugs.prices');
  const demo = useTranslations('drugs.list')('demo');
  if (prices.history.length === 0) return <p className="hint">{t('none')}</p>;
  const price = (row: PriceView) => (
    <>
      {dongText(row.price)} {row.demo && <Tag>{demo}</Tag>}
    </>
  );
  return (
    <>
      <DataTable
        caption={t('onDay', { day: formatDate(prices.on) })}
        empty={<p className="hint">{t('noneOn')}</p>}
        columns={[
          { key: 'unit', label: t('unit') },
          { key: 'price', label: t('price') },
          { key: 'from', label: t('from') },
          { key: 'by', label: t('declaredBy') },
        ]}
        rows={prices.inForce.map((row) => ({
          id: row.id,
          cells: {
            unit: row.unit,
            price: price(row),
            from: <DateText value={row.effectiveFrom} />,
            by: row.declaredBy,
          },
        }))}
      />
      <DataTable
        caption={t('history')}
        columns={[
          { key: 'from', label: t('from') },
          { key: 'unit', label: t('unit') },
          { key: 'price', label: t('price') },
          { key: 'by', label: t('declaredBy') },
          { key: 'announced', label: t('announcedOn') },
          { key: 'recorded', label: t('recordedAt') },
          { key: 'state', label: t('state') },
        ]}
        rows={prices.history.map((row) => ({
          id: row.id,
          cells: {
            from: <DateText value={row.effectiveFrom} />,
            unit: row.unit,
            price: row.replaced ? <s>{dongText(row.price)}</s> : price(row),
            by: row.declaredBy,
            announced: <DateText value={row.announcedOn} />,
            recorded: <DateText value={row.recordedAt} time />,
            state: row.replaced ? t('replaced') : act ? act(row) : row.corrects ? t('corrects') : '–',
          },
        }))}
      />
      <p className="hint">{t('historyHint')}</p>
    </>
  );
}
