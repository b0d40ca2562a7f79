import { useTranslations } from 'next-intl';
import { Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { Force } from '#server/exchange/index.ts';

const tones: Record<Force | 'none', Tone> = {
  inForce: 'ok',
  pending: 'wait',
  suspended: 'wait',
  expired: 'late',
  revoked: 'late',
  superseded: 'late',
  none: 'plain',
};

/** Whether what a document says holds today. */
export function ForceTag({ status }: { status: Force | null }) {
  const t = useTranslations('public.verify.status');
  return <Tag tone={tones[status ?? 'none']}>{t(status ?? 'none')}</Tag>;
}
