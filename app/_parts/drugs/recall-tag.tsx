import { useTranslations } from 'next-intl';
import { Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { DrugRecall } from '#server/drugs/index.ts';

const tones: Record<DrugRecall['state'], Tone> = { coming: 'wait', running: 'late', ended: 'plain' };

export function RecallState({ state }: { state: DrugRecall['state'] }) {
  const t = useTranslations('recalls.state');
  return <Tag tone={tones[state]}>{t(state)}</Tag>;
}

/** What of a drug is recalled now, in a few words that lead to the recall's page by the link beside it. */
export function RecallTag({ recall }: { recall: DrugRecall }) {
  const t = useTranslations('recalls.short');
  const { level, batches } = recall;
  if (batches.length === 0) return <Tag tone="late">{t('all', { level })}</Tag>;
  if (batches.length > 2) return <Tag tone="late">{t('some', { level, count: batches.length })}</Tag>;
  return <Tag tone="late">{t('batches', { level, batches: batches.join(', ') })}</Tag>;
}
