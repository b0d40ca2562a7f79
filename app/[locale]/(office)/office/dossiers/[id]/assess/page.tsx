import { getLocale, getTranslations } from 'next-intl/server';
import { AnswersCard, RequestsCard } from '#app/_parts/answers-card.tsx';
import { answersOf } from '#app/_parts/answers-of.ts';
import { ChecklistFields } from '#app/_parts/checklist-fields.tsx';
import { StepPage, titleOfStep } from '#app/_parts/step-page.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { TextArea, TextField } from '#app/_ui/field.tsx';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { Locale } from '#i18n/routing.ts';
import type { OfficeDossierView } from '#server/dossiers/index.ts';
import { assess } from '../actions.ts';

export const generateMetadata = titleOfStep('assess');

/** The case officer's checklist, opinion and decision; a supplement is asked for item by item. */
export default async function AssessPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers')]);
  return (
    <StepPage id={id} steps={['assess']}>
      {async (dossier) => (
        <div className="halves">
          <ActionForm action={assess.bind(null, id)}>
            <h2>{t('office.checklist')}</h2>
            <ChecklistFields items={dossier.assessmentChecklist} />
            <TextArea name="opinion" label={t('office.opinion')} hint={t('internal')} maxLength={4000} />
            <Radios
              name="outcome"
              label={t('office.decision')}
              options={[
                { value: 'inspect', label: t('outcomes.inspect') },
                {
                  value: 'supplement',
                  label: t(dossier.supplementNeedsLeader ? 'outcomes.furtherSupplement' : 'outcomes.supplement'),
                  more: <Items dossier={dossier} />,
                },
                { value: 'reject', label: t('outcomes.reject') },
              ]}
            />
            <SubmitButton>{t('office.complete')}</SubmitButton>
          </ActionForm>
          <div className="stack">
            <RequestsCard dossier={dossier} />
            <AnswersCard dossier={dossier} open />
          </div>
        </div>
      )}
    </StepPage>
  );
}

/** What may be asked for: every paper and every answer, each with a note and its legal ground. */
async function Items({ dossier }: { dossier: OfficeDossierView }) {
  const [t, tDeadlines, locale] = await Promise.all([
    getTranslations('dossiers.office'),
    getTranslations('deadlines.supplement'),
    getLocale() as Promise<Locale>,
  ]);
  const closed = new Set(dossier.acceptedItems.map(({ kind, target }) => `${kind}:${target}`));
  const papers = dossier.papers.map((paper) => ({ key: `paper:${paper.key}`, label: paper.title[locale] }));
  const fields = answersOf(dossier.form, dossier.answers, dossier.places, locale).flatMap(({ rows }) =>
    rows.map((row) => ({ key: `field:${row.path}`, label: `${row.question}: ${row.answer}` })),
  );
  return (
    <div className="stack">
      <p className="hint">{t('itemsHint')}</p>
      {dossier.supplementNeedsLeader && (
        <>
          <p>{tDeadlines('furtherHint', { count: dossier.supplements })}</p>
          <TextArea
            name="reason"
            label={tDeadlines('reason')}
            hint={tDeadlines('reasonHint')}
            rows={3}
            maxLength={2000}
          />
        </>
      )}
      {closed.size > 0 && (
        <p className="hint">
          {tDeadlines('closed', {
            items: [...papers, ...fields]
              .filter((item) => closed.has(item.key))
              .map((item) => item.label)
              .join('; '),
          })}
        </p>
      )}
      {[
        { title: t('papers'), items: papers.filter((item) => !closed.has(item.key)) },
        { title: t('answers'), items: fields.filter((item) => !closed.has(item.key)) },
      ].map((group, index) => (
        <Details key={group.title} summary={group.title} open={index === 0}>
          {group.items.map((item) => (
            <div key={item.key} className="fields">
              <div className="choice">
                <input type="checkbox" id={`item-${item.key}`} name="item" value={item.key} />
                <label htmlFor={`item-${item.key}`}>{item.label}</label>
                <div className="more fields">
                  <TextField name={`note.${item.key}`} label={t('itemNote')} maxLength={1000} />
                  <TextField name={`ground.${item.key}`} label={t('itemGround')} optional maxLength={300} />
                </div>
              </div>
            </div>
          ))}
        </Details>
      ))}
    </div>
  );
}
