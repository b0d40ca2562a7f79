import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '#app/_ui/button.tsx';
import { Link } from '#app/_ui/link.tsx';
import { dongText, type PaymentView } from '#server/payments/index.ts';
import { CopyButton } from './copy-button.tsx';
import { QrCode } from './qr-code.tsx';
import { RefreshWhileWaiting } from './refresh-while-waiting.tsx';

const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'short',
});

/**
 * One sum that is owed or was paid: what to pay where, as a code to scan and in words, and what has become of it.
 * It follows the bank's answer by itself; `here` is the address of the page, for those without JavaScript.
 */
export async function PaymentPanel({ payment, here, demo }: { payment: PaymentView; here: string; demo: boolean }) {
  return payment.status === 'pending' ? (
    <Owed payment={payment} here={here} demo={demo} />
  ) : (
    <Closed payment={payment} />
  );
}

async function Owed({ payment, here, demo }: { payment: PaymentView; here: string; demo: boolean }) {
  const t = await getTranslations('payments.panel');
  const { account, reference } = payment;
  const amount = dongText(payment.amount);
  const label = t('qrLabel', { amount, accountNumber: account.accountNumber, bankName: account.bankName, reference });
  return (
    <section className="card stack" aria-labelledby={`payment-${payment.id}`}>
      <h2 id={`payment-${payment.id}`}>{t('title', { amount })}</h2>
      <p>{t('payTo', { payee: payment.payeeName })}</p>
      <div className="payment">
        <figure>
          {payment.qr && <QrCode text={payment.qr} label={label} />}
          <figcaption className="hint">{t('scan')}</figcaption>
        </figure>
        <div className="stack">
          <h3>{t('or')}</h3>
          <dl className="facts">
            <Fact name={t('bank')}>{account.bankName}</Fact>
            <Fact name={t('accountNumber')}>{account.accountNumber}</Fact>
            <Fact name={t('accountName')}>{account.accountName}</Fact>
            <Fact name={t('amount')}>{amount}</Fact>
            <Fact name={t('content')}>
              <span className="row">
                <code>{reference}</code>
                <CopyButton text={reference} label={t('copyReference')} done={t('copied')} />
              </span>
            </Fact>
          </dl>
          <p className="hint">{t('exact')}</p>
        </div>
      </div>
      <p role="status">{t('waiting')}</p>
      <RefreshWhileWaiting seconds={3} />
      <noscript>
        <meta httpEquiv="refresh" content="20" />
      </noscript>
      <div className="row">
        {demo && <LinkButton href={`/demo/bank/${reference}`}>{t('demoBank')}</LinkButton>}
        <Link href={here}>{t('refresh')}</Link>
      </div>
    </section>
  );
}

async function Closed({ payment }: { payment: PaymentView }) {
  const t = await getTranslations('payments');
  const { status, settledAt } = payment;
  if (status === 'cancelled' || status === 'refunded') {
    return <div className="notice info">{t(`panel.${status}`)}</div>;
  }
  return (
    <div className="notice ok" role="status">
      <h2>{t('panel.settledTitle', { amount: dongText(payment.amount) })}</h2>
      {settledAt && <p>{t('panel.settledAt', { at: moment.format(settledAt).replace(',', '') })}</p>}
      <ReceiptLink payment={payment} />
    </div>
  );
}

/** The receipt to download, or that it is being made; nothing before the sum is paid. */
export async function ReceiptLink({ payment }: { payment: PaymentView }) {
  const t = await getTranslations('payments.receipt');
  if (!payment.receiptNumber) return null;
  const number = payment.receiptNumber;
  if (payment.receiptFileId) {
    return (
      <a href={`/api/files/${payment.receiptFileId}`} download>
        {t('download', { number })}
      </a>
    );
  }
  return (
    <>
      <span className="hint">{t('preparing', { number })}</span>
      <RefreshWhileWaiting seconds={3} />
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
