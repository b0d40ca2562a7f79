import { getTranslations } from 'next-intl/server';
import { PaymentStatus } from '#app/_parts/payment-status.tsx';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatMoney } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState, Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { payAtDemoBank } from './actions.ts';

type Props = { params: Promise<{ reference: string }>; searchParams: Promise<{ sent?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('demo.bank'))('title'), robots: { index: false } };
}

/** The payer's banking app, played: what it shows of a bill, and what became of each transfer. Not found outside a demo. */
export default async function DemoBank({ params, searchParams }: Props) {
  const [t, { reference }, { sent }] = await Promise.all([getTranslations('demo.bank'), params, searchParams]);
  const bill = await read((api) => api.payments.demoBill({ reference }));
  const amount = formatMoney(bill.amount);
  const [last] = bill.transfers;
  return (
    <Page>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack">
        {sent === 'untold' && (
          <Notice tone="wait" status>
            <p>{t('untold')}</p>
          </Notice>
        )}
        {sent === 'other' && (
          <Notice tone="wait" title={t('sent')} status>
            <p>{t('outcome.unknown-reference')}</p>
          </Notice>
        )}
        {sent && sent !== 'untold' && sent !== 'other' && last && (
          <Notice tone={last.outcome === 'settled' ? 'ok' : 'wait'} title={t('sent')} status>
            <p>{t(`outcome.${last.outcome}`)}</p>
          </Notice>
        )}
        <Card title={t('transfer')}>
          <Facts
            items={[
              { label: t('bankName'), value: bill.account.bankName },
              { label: t('to'), value: bill.account.accountNumber },
              { label: t('accountName'), value: bill.account.accountName },
              { label: t('amount'), value: amount },
              { label: t('content'), value: bill.reference },
              { label: t('status'), value: <PaymentStatus status={bill.status} /> },
            ]}
          />
          <ActionForm action={payAtDemoBank.bind(null, reference)} label={t('transfer')} className="row">
            <SubmitButton name="how" value="exact">
              {t('payExact', { amount })}
            </SubmitButton>
            {(['under', 'over', 'twice', 'untold', 'other'] as const).map((how) => (
              <SubmitButton key={how} name="how" value={how} kind="quiet">
                {t(`pay${how.charAt(0).toUpperCase()}${how.slice(1)}` as 'payUnder')}
              </SubmitButton>
            ))}
          </ActionForm>
          {bill.href && (
            <LinkButton href={bill.href} kind="text">
              {bill.status === 'pending' ? t('cancel') : t('backToDossier')}
            </LinkButton>
          )}
        </Card>
        <DataTable
          caption={t('history')}
          empty={<EmptyState title={t('noHistory')} />}
          columns={[
            { key: 'at', label: t('at') },
            { key: 'amount', label: t('amount'), number: true },
            { key: 'result', label: t('result') },
          ]}
          rows={bill.transfers.map((transfer) => ({
            id: transfer.id,
            cells: {
              at: <DateText value={transfer.receivedAt} time />,
              amount: formatMoney(transfer.amount),
              result: t(`outcome.${transfer.outcome}`),
            },
          }))}
        />
      </div>
    </Page>
  );
}
