import { getTranslations } from 'next-intl/server';
import { StepPage, titleOfStep } from '#app/_parts/step-page.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select, TextArea } from '#app/_ui/field.tsx';
import { PdfView } from '#app/_ui/pdf-view.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { draftResult, proposeResult } from '../actions.ts';

export const generateMetadata = titleOfStep('draft-result');

/** Writes the certificate or the refusal from the template, shows it as it will be signed, and puts it before the head. */
export default async function DraftResultPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers')]);
  return (
    <StepPage id={id} steps={['draft-result']}>
      {(dossier) => {
        const returned = dossier.timeline.find((entry) => entry.kind === 'resultReturned');
        const suggested = dossier.inspections.at(-1)?.outcome === 'pass' ? 'certificate' : 'refusal';
        const draft = dossier.result && !dossier.result.returned ? dossier.result : null;
        return (
          <div className="halves">
            <div className="stack">
              {returned && (
                <Notice tone="wait" title={t('office.returned')}>
                  <p>{String(returned.data.comment ?? '')}</p>
                </Notice>
              )}
              <ActionForm action={draftResult.bind(null, id)} label={t('office.draft')}>
                <Radios
                  name="kind"
                  label={t('office.kindOfResult')}
                  defaultValue={dossier.result?.kind ?? suggested}
                  options={(['certificate', 'refusal'] as const).map((kind) => ({
                    value: kind,
                    label: t(`outcomes.${kind}`),
                  }))}
                />
                <TextArea
                  name="text"
                  label={t('office.resultText')}
                  hint={t('office.resultTextHint')}
                  maxLength={4000}
                />
                <DateField name="validTo" label={t('office.validTo')} hint={t('office.validToHint')} optional />
                <Select
                  name="signerId"
                  label={t('office.signer')}
                  options={dossier.leaders.map((leader) => ({ value: leader.id, label: leader.name }))}
                  defaultValue={dossier.leaders[0]?.id ?? ''}
                />
                <SubmitButton kind={draft ? 'quiet' : 'primary'}>
                  {draft ? t('office.redraft') : t('office.draft')}
                </SubmitButton>
              </ActionForm>
              {draft && (
                <ActionForm action={proposeResult.bind(null, id)} className="card form" label={t('office.propose')}>
                  <p>{t('office.proposeHint')}</p>
                  <SubmitButton whole>{t('office.propose')}</SubmitButton>
                </ActionForm>
              )}
            </div>
            {draft && <PdfView src={`/api/files/${draft.fileId}?inline=1`} title={t('office.preview')} />}
          </div>
        );
      }}
    </StepPage>
  );
}
