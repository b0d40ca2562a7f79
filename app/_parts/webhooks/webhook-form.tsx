import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Checkboxes } from '#app/_ui/choices.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { webhookKinds } from '#server/exchange/inputs.ts';
import { RegisterKey } from '#server/registers/inputs.ts';
import { add } from './webhook-actions.ts';

/** Asks that an address be told of changes; the answer shows the key of its signatures, once. */
export function WebhookForm({ organisations }: { organisations: { id: string; name: string }[] }) {
  const t = useTranslations('exchange.webhooks');
  const names = useTranslations('registers.names');
  return (
    <ActionForm action={add} label={t('add')}>
      {organisations.length === 1 ? (
        <input type="hidden" name="organisationId" value={organisations[0]!.id} />
      ) : (
        <Select
          name="organisationId"
          label={t('organisation')}
          options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <TextField name="url" label={t('url')} hint={t('urlHint')} />
      <Checkboxes
        name="registers"
        label={t('registers')}
        options={RegisterKey.options.map((value) => ({ value, label: names(value) }))}
      />
      <Checkboxes
        name="kinds"
        label={t('kinds')}
        options={webhookKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      <div className="row">
        <SubmitButton>{t('save')}</SubmitButton>
      </div>
    </ActionForm>
  );
}
