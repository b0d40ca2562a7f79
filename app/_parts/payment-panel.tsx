import { getTranslations } from 'next-intl/server';
import { LinkButton } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Copyable } from '#app/_ui/copyable.tsx';
import { formatDateTime, formatMoney } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Notice } from '#app/_ui/status.tsx';
import type { PaymentView } from '#server/payments/index.ts';
import { PaymentMoney } from './payment-money.tsx';
import { QrCode } from './qr-code.tsx';
import { RefreshWhileWaiting } from './refresh-while-waiting.tsx';

/**
 * One sum that is owed or was paid: what to pay where, as a code to scan and in words, and what has become of it.
 * It follows the bank's answer by itself. `here`: the address of the page without language, for those without
 * JavaScript; `demo`: also leads to the demo bank.
 */
export function PaymentPanel({ payment, here, demo }: { payment: PaymentView; here: string; demo: boolean }) {
  if (payment.status === 'pending') return <Owed payment={payment} here={here} demo={demo} />;
  return <Closed payment={payment} here={here} />;
}

async function Owed({ payment, here, demo }: { payment: PaymentView; here: string; demo: boolean }) {
  const t = await getTranslations('payments.panel');
  const { account, reference } = payment;
  const amount = formatMoney(payment.amount);
  const label = t('qrLabel', { amount, accountNumber: account.accountNumber, bankName: account.bankName, reference });
  return (
    <Card title={t('title', { amount })}>
      <p>{t('payTo', { payee: payment.payeeName })}</p>
      <div className="row">
        <figure>
          {payment.qr && <QrCode text={payment.qr} label={label} size={232} />}
          <figcaption className="hint">{t('scan')}</figcaption>
        </figure>
        <div className="stack">
          <h3>{t('or')}</h3>
          <Facts
            items={[
              { label: t('bank'), value: account.bankName },
              { label: t('accountNumber'), value: account.accountNumber },
              { label: t('accountName'), value: account.accountName },
              { label: t('amount'), value: amount },
              { label: t('content'), value: <Copyable text={reference} label={t('content')} /> },
            ]}
          />
          <p className="hint">{t('exact')}</p>
        </div>
      </div>
      <PaymentMoney payment={payment} />
      <p role="status">{t('waiting')}</p>
      <Waiting />
      <div className="row">
        {demo && <LinkButton href={`/demo/bank/${reference}`}>{t('demoBank')}</LinkButton>}
        <Link href={here}>{t('refresh')}</Link>
      </div>
    </Card>
  );
}

async function Closed({ payment, here }: { payment: PaymentView; here: string }) {
  const t = await getTranslations('payments.panel');
  const { status, settledAt, receiptNumber, receiptFileId } = payment;
  if (status === 'cancelled' || status === 'refunded') {
    return (
      <Notice>
        <p>{t(status)}</p>
        {receiptFileId && (
          <p>
            <Receipt payment={payment} />
          </p>
        )}
        <PaymentMoney payment={payment} />
      </Notice>
    );
  }
  return (
    <Notice tone="ok" status title={t('settledTitle', { amount: formatMoney(payment.amount) })}>
      {settledAt && <p>{t('settledAt', { at: formatDateTime(settledAt) })}</p>}
      <p>
        <Receipt payment={payment} />
      </p>
      <PaymentMoney payment={payment} />
      {receiptNumber && !receiptFileId && (
        <>
          <Waiting />
          <p>
            <Link href={here}>{t('refresh')}</Link>
          </p>
        </>
      )}
    </Notice>
  );
}

/** The page looks again by itself, less often where no script runs. */
function Waiting() {
  return (
    <>
      <RefreshWhileWaiting seconds={3} />
      <noscript>
        <meta httpEquiv="refresh" content="20" />
      </noscript>
    </>
  );
}

/** The receipt to download, or that it is being made; nothing before the sum is paid. */
export async function Receipt({ payment }: { payment: PaymentView }) {
  const t = await getTranslations('payments.receipt');
  const { receiptNumber: number, receiptFileId } = payment;
  if (!number) return null;
  if (!receiptFileId) return <span className="hint">{t('preparing', { number })}</span>;
  return <a href={`/api/files/${receiptFileId}`}>{t('download', { number })}</a>;
}
