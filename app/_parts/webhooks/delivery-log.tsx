import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { DeliveryLine, WebhookLine } from '#server/exchange/index.ts';
import { useAnswer } from './use-answer.ts';
import { replay } from './webhook-actions.ts';

const tones: Record<DeliveryLine['state'], Tone> = { waiting: 'wait', delivered: 'ok', parked: 'late' };

interface Props {
  base: string;
  webhook: WebhookLine;
  deliveries: DeliveryLine[];
}

/** What was sent to one receiver and what it answered. */
export function DeliveryLog({ base, webhook, deliveries }: Props) {
  const t = useTranslations('exchange.webhooks');
  const actions = useTranslations('registers.actions');
  const words = (action: string) =>
    action === 'ping'
      ? t('trial')
      : actions.has(action as 'changed')
        ? actions(action as 'changed')
        : t('kind.licence');
  const answerOf = useAnswer();
  const active = webhook.state === 'active';
  const next = ({ state, nextAt }: DeliveryLine) => {
    if (state !== 'waiting' || !active) return null;
    return webhook.failing?.restingUntil ? t('afterRest') : nextAt && <DateText value={nextAt} time />;
  };
  return (
    <DataTable
      caption={t('log')}
      hideCaption
      empty={<p className="hint">{t('noLog')}</p>}
      columns={[
        { key: 'sequence', label: t('sequence'), number: true },
        { key: 'event', label: t('event') },
        { key: 'state', label: t('state') },
        { key: 'attempts', label: t('attempts'), number: true },
        { key: 'answer', label: t('answer') },
        { key: 'last', label: t('last') },
        { key: 'next', label: t('next') },
        { key: 'actions', label: t('actions') },
      ]}
      rows={deliveries.map((line) => ({
        id: line.id,
        late: line.state === 'parked',
        cells: {
          sequence: line.sequence,
          event: line.entry ? `${words(line.action)}: ${line.entry.title ?? line.entry.url}` : words(line.action),
          state: <Tag tone={tones[line.state]}>{t(`deliveryStates.${line.state}`)}</Tag>,
          attempts: line.attempts,
          answer: line.lastAt ? answerOf(line) : t('notYet'),
          last: line.lastAt && <DateText value={line.lastAt} time />,
          next: next(line),
          actions: active && line.state !== 'waiting' && (
            <ActionForm
              action={replay.bind(null, base, webhook.id, line.id)}
              id={`replay-${line.id}`}
              label={`${t('replay')} ${line.sequence}`}
            >
              <SubmitButton kind="quiet">
                {t('replay')}
                <span className="hidden-text"> {line.sequence}</span>
              </SubmitButton>
            </ActionForm>
          ),
        },
      }))}
    />
  );
}
