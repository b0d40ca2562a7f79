import { useTranslations } from 'next-intl';
import { Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';

const tones: Record<string, Tone> = { inForce: 'ok', pending: 'wait', suspended: 'wait', none: 'plain' };

/** How an entry of a register stood, in the words of its register. */
export function StandingTag({ register, status }: { register: string; status: string }) {
  const t = useTranslations();
  return <Tag tone={tones[status] ?? 'late'}>{t(`${register}.status.${status}` as 'drugs.status.inForce')}</Tag>;
}
