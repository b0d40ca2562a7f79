import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { DeliveryLine, WebhookLine } from '#server/exchange/index.ts';
import { failuresBeforeRest, hoursOfFormerKey } from '#server/exchange/inputs.ts';
import { DeliveryLog } from './delivery-log.tsx';
import { ReceiverStanding, StateTag } from './receiver-standing.tsx';
import { ping, rotate, setState } from './webhook-actions.ts';

interface Props {
  base: string;
  webhook: WebhookLine;
  items: DeliveryLine[];
  page: number;
  pageSize: number;
  total: number;
}

/** One receiver: its log, and what may be done with it. */
export function WebhookDetail({ base, webhook, items, ...pages }: Props) {
  const t = useTranslations('exchange.webhooks');
  const names = useTranslations('registers.names');
  const active = webhook.state === 'active';
  const change = setState.bind(null, base, webhook.id);
  return (
    <div className="stack-l">
      <Facts
        items={[
          { label: t('organisation'), value: webhook.organisation.name },
          { label: t('registers'), value: webhook.registers.map((key) => names(key as 'drugs')).join(', ') },
          { label: t('kinds'), value: webhook.kinds.map((kind) => t(`kind.${kind}`)).join('; ') },
          { label: t('state'), value: <StateTag webhook={webhook} /> },
          ...(webhook.formerKeyUntil
            ? [{ label: t('formerKey'), value: <DateText value={webhook.formerKeyUntil} time /> }]
            : []),
        ]}
      />
      <ReceiverStanding base={base} webhook={webhook} />
      <div className="row">
        {active && !webhook.failing?.restingUntil && (
          <ActionForm action={ping.bind(null, base, webhook.id)} id="ping" label={t('ping')}>
            <SubmitButton>{t('ping')}</SubmitButton>
          </ActionForm>
        )}
        <ActionForm action={change} id="pause" label={t(active ? 'pause' : 'resume')}>
          <SubmitButton kind="quiet" name="state" value={active ? 'paused' : 'active'}>
            {t(active ? 'pause' : 'resume')}
          </SubmitButton>
        </ActionForm>
      </div>
      <section className="stack">
        <h2>{t('log')}</h2>
        <p className="hint">{t('logIntro', { most: failuresBeforeRest })}</p>
        <DeliveryLog base={base} deliveries={items} webhook={webhook} />
        <Pagination {...pages} href={(to) => `${base}/${webhook.id}?page=${to}`} />
      </section>
      {/* not folded: without scripts the page comes back with the new key in it */}
      <section className="stack">
        <h2>{t('rotate')}</h2>
        <p>{t('rotateWarning', { hours: hoursOfFormerKey })}</p>
        <ActionForm action={rotate.bind(null, webhook.id)} id="rotate" label={t('rotate')}>
          <SubmitButton kind="quiet">{t('rotate')}</SubmitButton>
        </ActionForm>
      </section>
      <Details summary={t('remove')}>
        <p>{t('removeWarning')}</p>
        <ActionForm action={change} id="remove" label={t('remove')}>
          <SubmitButton kind="danger" name="state" value="removed">
            {t('remove')}
          </SubmitButton>
        </ActionForm>
      </Details>
    </div>
  );
}
