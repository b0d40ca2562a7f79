import { useTranslations } from 'next-intl';
import { formatDate, formatMoney } from '#app/_ui/format.ts';
import { Notice, Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { PaymentView } from '#server/payments/index.ts';
import type { RefundState } from '#server/payments/rules.ts';

export const refundTones: Record<RefundState, Tone> = {
  proposed: 'wait',
  approved: 'wait',
  declined: 'plain',
  sent: 'ok',
  failed: 'late',
};

/** Money that is held or goes back, in words that applicant and official read alike; nothing where there is none. */
export function PaymentMoney({ payment }: { payment: PaymentView }) {
  const t = useTranslations('refunds');
  if (payment.held.length + payment.refunds.length === 0) return null;
  const lines = (
    <ul className="stack">
      {payment.held.map((held) => (
        <li key={held.id}>
          <Tag tone="wait">{t('held')}</Tag>{' '}
          {t('heldLine', { amount: formatMoney(held.held), date: formatDate(held.at) })}{' '}
          <span className="hint">{t(`outcomes.${held.outcome}`)}</span>
        </li>
      ))}
      {payment.refunds.map((refund) => (
        <li key={refund.id}>
          <Tag tone={refundTones[refund.state]}>{t(`states.${refund.state}`)}</Tag>{' '}
          {t('refundLine', { amount: formatMoney(refund.amount), ground: t(`grounds.${refund.ground}`) })}{' '}
          {refund.sentAt && (
            <span className="hint">
              {t('sentLine', { date: formatDate(refund.sentAt), reference: refund.bankReference ?? '' })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
  if (!hasFallenShort(payment)) return lines;
  return (
    <Notice tone="late" title={t('short.title')}>
      <p>{t('short.text', { amount: formatMoney(payment.amount) })}</p>
      {lines}
    </Notice>
  );
}

/** Something came that does not make up the sum: whoever sends the rest would not have paid either. */
const hasFallenShort = ({ status, held, refunds }: PaymentView): boolean =>
  status === 'pending' &&
  (held.some(({ outcome }) => outcome === 'underpaid') || refunds.some(({ ground }) => ground === 'underpaid'));
