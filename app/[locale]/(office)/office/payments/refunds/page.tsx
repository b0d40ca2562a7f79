import { getTranslations } from 'next-intl/server';
import { refundTones } from '#app/_parts/payment-money.tsx';
import { read } from '#app/_server/caller.ts';
import { Button } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select } from '#app/_ui/field.tsx';
import { formatMoney } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { refundFilters } from '#server/payments/inputs.ts';

type Props = { searchParams: Promise<{ state?: string | string[]; page?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('refunds'))('title') };
}

/** Money that goes back, for those who propose and decide it. */
export default async function Refunds({ searchParams }: Props) {
  const [t, query] = await Promise.all([getTranslations('refunds'), searchParams]);
  const state = refundFilters.find((one) => one === query.state) ?? 'open';
  const page = Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1);
  const list = await read((api) => api.payments.refunds({ state, page }));
  return (
    <>
      <PageTitle title={t('title')} below={t('count', { count: list.total })} />
      <search>
        <form className="filters" method="get">
          <Select
            name="state"
            label={t('state')}
            options={refundFilters.map((one) => ({ value: one, label: t(`filters.${one}`) }))}
            defaultValue={state}
          />
          <Button kind="quiet">{t('filter')}</Button>
        </form>
      </search>
      <DataTable
        caption={t('title')}
        hideCaption
        empty={<EmptyState title={t('empty')} />}
        columns={[
          { key: 'dossier', label: t('dossier') },
          { key: 'payer', label: t('payer') },
          { key: 'ground', label: t('ground') },
          { key: 'amount', label: t('amount'), number: true },
          { key: 'state', label: t('state') },
          { key: 'at', label: t('proposedAt') },
        ]}
        rows={list.items.map((refund) => ({
          id: refund.id,
          cells: {
            dossier: <Link href={`/office/payments/refunds/${refund.id}`}>{refund.subjectCode ?? t('unplaced')}</Link>,
            payer: refund.payerName ?? t('unplaced'),
            ground: t(`grounds.${refund.ground}`),
            amount: formatMoney(refund.amount),
            state: <Tag tone={refundTones[refund.state]}>{t(`states.${refund.state}`)}</Tag>,
            at: <DateText value={refund.proposedAt} time />,
          },
        }))}
      />
      {list.total > list.pageSize && (
        <Pagination
          page={page}
          pageSize={list.pageSize}
          total={list.total}
          href={(one) => `/office/payments/refunds?state=${state}&page=${one}`}
        />
      )}
    </>
  );
}
