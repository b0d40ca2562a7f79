import { getTranslations } from 'next-intl/server';
import { Receipt } from '#app/_parts/payment-panel.tsx';
import { PaymentStatus } from '#app/_parts/payment-status.tsx';
import { read } from '#app/_server/caller.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatMoney } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('payments'))('title') };
}

/** The fees one owes and has paid, with their receipts. */
export default async function MyPayments({ searchParams }: { searchParams: Promise<{ page?: string }> }) {
  const [t, { page = '1' }] = await Promise.all([getTranslations('payments'), searchParams]);
  const list = await read((api) => api.payments.list({ page: Math.max(1, Number.parseInt(page, 10) || 1) }));
  return (
    <Page>
      <PageTitle title={t('title')} below={t('intro')} />
      <DataTable
        caption={t('list')}
        hideCaption
        empty={
          <EmptyState title={t('title')}>
            <p>{t('empty')}</p>
          </EmptyState>
        }
        columns={[
          { key: 'purpose', label: t('columns.purpose') },
          { key: 'payer', label: t('columns.payer') },
          { key: 'amount', label: t('columns.amount'), number: true },
          { key: 'status', label: t('columns.status') },
          { key: 'date', label: t('columns.date') },
          { key: 'receipt', label: t('columns.receipt') },
        ]}
        rows={list.items.map((payment) => ({
          id: payment.id,
          cells: {
            purpose: (
              <>
                {payment.href ? <Link href={payment.href}>{payment.purpose}</Link> : payment.purpose}
                {payment.subjectCode && <span className="hint">{payment.subjectCode}</span>}
              </>
            ),
            payer: payment.payerName,
            amount: formatMoney(payment.amount),
            status: <PaymentStatus status={payment.status} />,
            date: <DateText value={payment.settledAt ?? payment.createdAt} />,
            receipt: payment.receiptNumber ? <Receipt payment={payment} /> : t('receipt.none'),
          },
        }))}
      />
      {list.total > 0 && (
        <Pagination
          page={list.page}
          pageSize={list.pageSize}
          total={list.total}
          href={(one) => `/my/payments?page=${one}`}
        />
      )}
    </Page>
  );
}
