import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Checkbox } from '#app/_ui/choices.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { TextArea, TextField } from '#app/_ui/field.tsx';
import { Details, InsetText } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { LicenceView } from '#server/facilities/index.ts';
import type { LicenceAction } from '#server/facilities/rules.ts';
import { changeLicence } from './actions.ts';

/** What this official may do with a licence now: each act needs the number of its decision and a reason. */
export function LicenceActions({ licence, actions }: { licence: LicenceView; actions: LicenceAction[] }) {
  const t = useTranslations('facilities.office');
  if (actions.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('act', { number: licence.number })}</h2>
      {actions.map((action) => (
        <Details key={action} summary={t(action)}>
          <ActionForm action={changeLicence.bind(null, licence.id, action)} label={t(action)}>
            {action === 'revoke' && <InsetText>{t('confirmRevoke')}</InsetText>}
            <TextField
              name="decisionNumber"
              label={t('decisionNumber')}
              hint={t('decisionNumberHint')}
              width={20}
              autoComplete="off"
            />
            <TextArea name="reason" label={t('reasonLabel')} hint={t('reasonHint')} rows={3} />
            {action === 'suspend' && <DateField name="until" label={t('until')} hint={t('untilHint')} optional />}
            {action === 'revoke' && (
              <Checkbox name="confirmed" label={t('confirmRevokeOf', { number: licence.number })} />
            )}
            <SubmitButton kind={action === 'revoke' ? 'danger' : 'primary'}>{t(action)}</SubmitButton>
          </ActionForm>
        </Details>
      ))}
    </section>
  );
}
