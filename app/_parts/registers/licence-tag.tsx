import { useTranslations } from 'next-intl';
import { Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { LicenceStatus } from '#server/facilities/index.ts';

const tones: Record<LicenceStatus | 'none', Tone> = {
  inForce: 'ok',
  pending: 'wait',
  suspended: 'wait',
  expired: 'late',
  revoked: 'late',
  superseded: 'late',
  none: 'plain',
};

/** Whether a licence holds today. */
export function LicenceTag({ status }: { status: LicenceStatus | null }) {
  const t = useTranslations('facilities.status');
  return <Tag tone={tones[status ?? 'none']}>{t(status ?? 'none')}</Tag>;
}
