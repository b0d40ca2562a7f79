import { getTranslations } from 'next-intl/server';
import { PinField } from '#app/_parts/pin-field.tsx';
import { SignaturesSoFar } from '#app/_parts/signatures-so-far.tsx';
import { StepPage, titleOfStep } from '#app/_parts/step-page.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { PdfView } from '#app/_ui/pdf-view.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { returnResult, signResult } from '../actions.ts';

export const generateMetadata = titleOfStep('initial', 'approve');

/** The head's initial and the leader's signature: exactly the bytes that are shown are signed. */
export default async function SignPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers')]);
  return (
    <StepPage id={id} steps={['initial', 'approve']}>
      {(dossier, step) =>
        dossier.result ? (
          <div className="columns">
            <PdfView src={`/api/files/${dossier.result.fileId}?inline=1`} title={t('office.preview')} />
            <aside className="stack">
              <Card title={t('office.exactly')}>
                <SignaturesSoFar result={dossier.result} />
              </Card>
              <ActionForm action={signResult.bind(null, id)} className="card form" label={t(`steps.${step}`)}>
                <input type="hidden" name="step" value={step} />
                <input type="hidden" name="sha256" value={dossier.result.sha256} />
                <PinField />
                <SubmitButton whole>{step === 'initial' ? t('office.initial') : t('office.sign')}</SubmitButton>
                <p className="hint">{t(step === 'initial' ? 'office.afterInitial' : 'office.afterSign')}</p>
              </ActionForm>
              <ActionForm
                action={returnResult.bind(null, id)}
                label={t('office.return')}
                fold={{ summary: t('office.return') }}
              >
                <TextArea name="comment" label={t('office.comment')} rows={4} maxLength={2000} />
                <SubmitButton kind="danger">{t('office.return')}</SubmitButton>
              </ActionForm>
            </aside>
          </div>
        ) : (
          <EmptyState title={t('errors.noResultDrafted')} />
        )
      }
    </StepPage>
  );
}
