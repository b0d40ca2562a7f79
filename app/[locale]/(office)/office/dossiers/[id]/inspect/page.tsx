import { getLocale, getTranslations } from 'next-intl/server';
import { RequestsCard } from '#app/_parts/answers-card.tsx';
import { ChecklistFields } from '#app/_parts/checklist-fields.tsx';
import { StepPage, titleOfStep } from '#app/_parts/step-page.tsx';
import { uploadError } from '#app/_server/upload-error.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card, DocumentCard } from '#app/_ui/cards.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { TextArea, TextField } from '#app/_ui/field.tsx';
import { FileUpload } from '#app/_ui/file-upload.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Facts } from '#app/_ui/lists.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { recordInspection } from '../actions.ts';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titleOfStep('inspect', 'recheck');

/** The minutes, made on the spot and usable on a phone: photos first, then the checklist, findings and conclusion. */
export default async function InspectPage({ params, searchParams }: Props) {
  const [{ id }, search, t, locale] = await Promise.all([
    params,
    searchParams,
    getTranslations('dossiers'),
    getLocale(),
  ]);
  const error = await uploadError(search);
  const back = localePath(locale, `/office/dossiers/${id}/inspect`);
  return (
    <StepPage id={id} steps={['inspect', 'recheck']}>
      {(dossier) => {
        const round = dossier.inspections.at(-1);
        const open = round && !round.recordedAt ? round : null;
        return (
          <div className="columns">
            <div className="stack">
              <RequestsCard dossier={dossier} />
              <section className="stack" aria-labelledby="photos">
                <h2 id="photos">{t('office.photos')}</h2>
                {(open?.photos ?? []).map((photo, index) => (
                  <DocumentCard
                    key={photo.id}
                    kind="JPG"
                    title={photo.caption ?? t('office.photo', { number: index + 1 })}
                    href={`/api/files/${photo.fileId}?inline=1`}
                  />
                ))}
                <FileUpload
                  action={`/api/dossiers/${id}/photos?back=${back}`}
                  name="file"
                  label={t('office.addPhoto')}
                  accept="image/jpeg,image/png"
                  camera
                  error={error}
                />
              </section>
              <ActionForm action={recordInspection.bind(null, id)}>
                <TextField name="presentParty" label={t('office.presentParty')} maxLength={300} />
                <h2>{t('office.checklist')}</h2>
                <ChecklistFields items={dossier.inspectionChecklist} />
                <TextArea name="findings" label={t('office.findings')} hint={t('office.findingsHint')} optional />
                <TextArea name="conclusion" label={t('office.conclusion')} maxLength={4000} />
                <Radios
                  name="outcome"
                  label={t('office.decision')}
                  options={(['pass', 'correct', 'fail'] as const).map((outcome) => ({
                    value: outcome,
                    label: t(`outcomes.${outcome}`),
                  }))}
                />
                <SubmitButton>{t('office.recordMinutes')}</SubmitButton>
              </ActionForm>
            </div>
            <aside className="stack">
              {round && (
                <Card title={t('office.team')}>
                  <Facts
                    items={[
                      { label: t('office.inspectionDay'), value: formatDate(round.scheduledOn) },
                      { label: t('office.place'), value: round.place },
                      ...round.team.map((member) => ({ label: t(`teamRoles.${member.role}`), value: member.name })),
                    ]}
                  />
                </Card>
              )}
            </aside>
          </div>
        );
      }}
    </StepPage>
  );
}
