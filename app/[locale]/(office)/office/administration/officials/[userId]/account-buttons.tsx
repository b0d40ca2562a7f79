import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { changeAccountAction } from '../../actions.ts';

/** Shutting an official out, letting them in again, inviting them again. */
export function AccountButtons({ userId, status }: { userId: string; status: 'invited' | 'active' | 'disabled' }) {
  const t = useTranslations('administration.official');
  return (
    <>
      {status === 'invited' && (
        <ActionForm action={changeAccountAction.bind(null, userId, 'invitedAgain')} label={t('inviteAgain')}>
          <SubmitButton kind="quiet">{t('inviteAgain')}</SubmitButton>
        </ActionForm>
      )}
      {status === 'active' && (
        <Card>
          <Details summary={t('resetFactor')}>
            <p>{t('resetFactorLead')}</p>
            <ActionForm action={changeAccountAction.bind(null, userId, 'factorReset')} label={t('resetFactor')}>
              <SubmitButton kind="danger">{t('resetFactor')}</SubmitButton>
            </ActionForm>
          </Details>
        </Card>
      )}
      {status === 'disabled' ? (
        <ActionForm action={changeAccountAction.bind(null, userId, 'enabled')} label={t('enable')}>
          <SubmitButton>{t('enable')}</SubmitButton>
        </ActionForm>
      ) : (
        <Card>
          <Details summary={t('disable')}>
            <p>{t('disableLead')}</p>
            <ActionForm action={changeAccountAction.bind(null, userId, 'disabled')} label={t('disable')}>
              <SubmitButton kind="danger">{t('disable')}</SubmitButton>
            </ActionForm>
          </Details>
        </Card>
      )}
    </>
  );
}
