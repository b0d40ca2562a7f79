import { useTranslations } from 'next-intl';

/** Says what a receiver answered, or why it did not. */
export function useAnswer() {
  const t = useTranslations('exchange.webhooks');
  return ({ lastFault, lastStatus }: { lastFault: string | null; lastStatus: number | null }): string => {
    const status = lastStatus ?? '';
    return lastFault ? t(`faults.${lastFault as 'refused'}`, { status }) : t('received', { status });
  };
}
