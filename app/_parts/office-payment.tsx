import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Select, TextArea, TextField } from '#app/_ui/field.tsx';
import { formatDateTime, formatMoney } from '#app/_ui/format.ts';
import { Facts } from '#app/_ui/lists.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { proposeRefund } from '#app/[locale]/(office)/office/payments/actions.ts';
import type { PaymentView } from '#server/payments/index.ts';
import { PaymentMoney } from './payment-money.tsx';
import { Receipt } from './payment-panel.tsx';
import { PaymentStatus } from './payment-status.tsx';

/** The fee of a dossier for its officials: the state the applicant sees, what is held, what goes back, and the proposal of a refund. */
export async function OfficePayment({ dossierId }: { dossierId: string }) {
  const payment = await read((api) => api.payments.intentOf({ subjectType: 'dossier', subjectId: dossierId }));
  if (!payment) return null;
  const t = await getTranslations('refunds');
  const transfers = [
    ...(payment.settledBy
      ? [{ value: payment.settledBy, label: t('fee', { amount: formatMoney(payment.amount) }) }]
      : []),
    ...payment.held.map((held) => ({
      value: held.id,
      label: t('heldLine', { amount: formatMoney(held.held), date: formatDateTime(held.at) }),
    })),
  ];
  return (
    <Card title={t('payment')}>
      <Facts items={facts(payment, t)} />
      <PaymentMoney payment={payment} />
      {transfers.length > 0 && payment.status !== 'refunded' && (
        <ActionForm action={proposeRefund.bind(null, dossierId)} label={t('propose')} fold={{ summary: t('propose') }}>
          <Select name="callbackId" label={t('which')} options={transfers} />
          <TextField name="amount" label={t('amount')} inputMode="numeric" width={10} />
          <TextArea name="reason" label={t('reason')} hint={t('reasonHint')} rows={3} />
          <SubmitButton kind="quiet">{t('propose')}</SubmitButton>
        </ActionForm>
      )}
    </Card>
  );
}

function facts(payment: PaymentView, t: Awaited<ReturnType<typeof getTranslations<'refunds'>>>) {
  return [
    { label: t('amount'), value: formatMoney(payment.amount) },
    { label: t('state'), value: <PaymentStatus status={payment.status} /> },
    ...(payment.settledAt ? [{ label: t('paidAt'), value: formatDateTime(payment.settledAt) }] : []),
    ...(payment.receiptNumber ? [{ label: t('receipt'), value: <Receipt payment={payment} /> }] : []),
  ];
}
