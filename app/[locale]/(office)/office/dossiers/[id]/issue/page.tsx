import { getTranslations } from 'next-intl/server';
import { PinField } from '#app/_parts/pin-field.tsx';
import { SignaturesSoFar } from '#app/_parts/signatures-so-far.tsx';
import { StepPage, titleOfStep } from '#app/_parts/step-page.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { PdfView } from '#app/_ui/pdf-view.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { issueResult } from '../actions.ts';

export const generateMetadata = titleOfStep('issue');

/** The clerk gives number and date and sets the organisation's seal. */
export default async function IssuePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers')]);
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
              <ActionForm action={issueResult.bind(null, id)} className="card form" label={t('steps.issue')}>
                <p>{t('office.issueHint')}</p>
                <PinField />
                <SubmitButton whole>{t('office.issue')}</SubmitButton>
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
