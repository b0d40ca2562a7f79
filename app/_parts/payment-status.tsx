import { useTranslations } from 'next-intl';
import { Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { PaymentView } from '#server/payments/index.ts';

const tones: Record<PaymentView['status'], Tone> = {
  pending: 'wait',
  settled: 'ok',
  refunded: 'info',
  cancelled: 'plain',
};

/** What has become of a sum, in words with a shape. */
export function PaymentStatus({ status }: { status: PaymentView['status'] }) {
  return <Tag tone={tones[status]}>{useTranslations('payments.status')(status)}</Tag>;
}
