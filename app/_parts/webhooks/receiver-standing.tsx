import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { WebhookLine } from '#server/exchange/index.ts';
import { daysBeforeStop } from '#server/exchange/inputs.ts';
import { useAnswer } from './use-answer.ts';
import { tryNow } from './webhook-actions.ts';

/** How a receiver stands, in two words. */
export function StateTag({ webhook: { state, failing } }: { webhook: WebhookLine }) {
  const t = useTranslations('exchange.webhooks');
  const resting = state === 'active' && failing?.restingUntil;
  const tone = state === 'stopped' ? 'late' : state === 'paused' || resting ? 'wait' : 'ok';
  return <Tag tone={tone}>{t(`states.${resting ? 'resting' : state}`)}</Tag>;
}

/** What is wrong with a receiver, what becomes of it by itself, and what somebody can do now. */
export function ReceiverStanding({ base, webhook }: { base: string; webhook: WebhookLine }) {
  const t = useTranslations('exchange.webhooks');
  const answerOf = useAnswer();
  const { failing, state, waiting } = webhook;
  if (!failing || state === 'paused') return null;
  const at = (value: Date) => () => <DateText value={value} time />;
  const fails = (
    <p>
      {t.rich('failing', {
        failures: failing.failures,
        since: at(failing.since),
        last: at(failing.lastAt),
        answer: answerOf(failing),
      })}
    </p>
  );
  if (state === 'stopped')
    return (
      <Notice tone="late" title={t.rich('stoppedTitle', { stops: at(failing.stops) })}>
        <div className="stack">
          {fails}
          <p>{t('stopped', { days: daysBeforeStop, waiting })}</p>
        </div>
      </Notice>
    );
  if (!failing.restingUntil) return <Notice tone="wait">{fails}</Notice>;
  return (
    <Notice tone="wait" title={t.rich('restingTitle', { until: at(failing.restingUntil) })}>
      <div className="stack">
        {fails}
        <p>{t.rich('resting', { waiting, stops: at(failing.stops) })}</p>
        <ActionForm action={tryNow.bind(null, base, webhook.id)} id="try" label={t('tryNow')}>
          <SubmitButton>{t('tryNow')}</SubmitButton>
        </ActionForm>
      </div>
    </Notice>
  );
}
