import { getTranslations } from 'next-intl/server';
import { AnswersCard } from '#app/_parts/answers-card.tsx';
import { StepPage, titleOfStep } from '#app/_parts/step-page.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { refusalReasons } from '#server/dossiers/rules.ts';
import { receive, refuseReceipt } from '../actions.ts';

export const generateMetadata = titleOfStep('receive');

/** The one-stop officer checks that the dossier is complete, then receives it or refuses with a reason. */
export default async function ReceivePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers')]);
  return (
    <StepPage id={id} steps={['receive']}>
      {(dossier) => (
        <div className="columns">
          <AnswersCard dossier={dossier} open />
          <aside className="stack">
            <ActionForm action={receive.bind(null, id)} className="card form" label={t('office.receive')}>
              <p>{t('office.receiveHint', { days: dossier.limitDays })}</p>
              <SubmitButton whole>{t('office.receive')}</SubmitButton>
            </ActionForm>
            <Details summary={t('office.refuse')}>
              <ActionForm action={refuseReceipt.bind(null, id)} label={t('office.refuse')}>
                <Radios
                  name="reason"
                  label={t('office.reason')}
                  options={refusalReasons.map((reason) => ({ value: reason, label: t(`refusalReasons.${reason}`) }))}
                />
                <TextArea
                  name="explanation"
                  label={t('office.explanation')}
                  hint={t('office.explanationHint')}
                  maxLength={2000}
                />
                <SubmitButton kind="danger">{t('office.refuse')}</SubmitButton>
              </ActionForm>
            </Details>
          </aside>
        </div>
      )}
    </StepPage>
  );
}
