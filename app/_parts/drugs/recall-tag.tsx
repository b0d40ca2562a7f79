import { useTranslations } from 'next-intl';
import { Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { DrugRecall } from '#server/drugs/index.ts';

const tones: Record<DrugRecall['state'], Tone> = { coming: 'wait', running: 'late', ended: 'plain' };

export function RecallState({ state }: { state: DrugRecall['state'] }) {
  const t = useTranslations('recalls.state');
  return <Tag tone={tones[state]}>{t(state)}</Tag>;
}

/** What of a drug is recalled now: how gravely, and which batches as they are printed. */
export function RecallTag({ recall: { level, batches } }: { recall: DrugRecall }) {
  const t = useTranslations('recalls.short');
  const [first, second, ...more] = batches;
  const named = [first, second].filter(Boolean).join(', ') + (more.length > 0 ? ', …' : '');
  return (
    <>
      <Tag tone="late">{t('level', { level })}</Tag>{' '}
      <span>{batches.length === 0 ? t('every') : t('batches', { batches: named })}</span>
    </>
  );
}
