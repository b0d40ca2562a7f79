import { getTranslations } from 'next-intl/server';
import { PinField } from '#app/_parts/pin-field.tsx';
import { SignaturesSoFar } from '#app/_parts/signatures-so-far.tsx';
import { StepPage, titleOfStep } from '#app/_parts/step-page.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { PdfView } from '#app/_ui/pdf-view.tsx';
import { EmptyState, Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { issueResult, returnUnsealed } from '../actions.ts';

export const generateMetadata = titleOfStep('issue');

/** The clerk gives number and date and sets the organisation's seal, or returns what may not be sealed. */
export default async function IssuePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, t, tSeal] = await Promise.all([
    params,
    getTranslations('dossiers'),
    getTranslations('facilities.errors.seal'),
  ]);
  return (
    <StepPage id={id} steps={['issue']}>
      {(dossier) =>
        dossier.result ? (
          <div className="columns">
            <PdfView src={`/api/files/${dossier.result.fileId}?inline=1`} title={t('office.preview')} />
            <aside className="stack">
              <Card title={t('office.signedSoFar')}>
                <SignaturesSoFar result={dossier.result} />
              </Card>
              {dossier.sealHindrance ? (
                <Notice tone="late" title={t('office.notSealed')}>
                  <p>{tSeal(dossier.sealHindrance)}</p>
                </Notice>
              ) : (
                <ActionForm action={issueResult.bind(null, id)} className="card form" label={t('steps.issue')}>
                  <p>{t('office.issueHint')}</p>
                  <PinField />
                  <SubmitButton whole>{t('office.issue')}</SubmitButton>
                </ActionForm>
              )}
              <ActionForm
                action={returnUnsealed.bind(null, id)}
                label={t('office.returnUnsealed')}
                fold={{ summary: t('office.returnUnsealed'), open: dossier.sealHindrance !== null }}
              >
                <p>{t('office.returnUnsealedHint')}</p>
                <TextArea name="comment" label={t('office.comment')} rows={4} maxLength={2000} />
                <SubmitButton kind="danger">{t('office.returnUnsealed')}</SubmitButton>
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
