import { getTranslations } from 'next-intl/server';
import { StepPage, titleOfStep } from '#app/_parts/step-page.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Checkboxes } from '#app/_ui/choices.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { planInspection } from '../actions.ts';

export const generateMetadata = titleOfStep('plan-inspection');

/** The team and the day of the inspection on site. */
export default async function PlanInspectionPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers')]);
  return (
    <StepPage id={id} steps={['plan-inspection']}>
      {(dossier) => {
        const people = dossier.inspectors.map((person) => ({ value: person.id, label: person.name }));
        return (
          <ActionForm action={planInspection.bind(null, id)}>
            <DateField name="scheduledOn" label={t('office.inspectionDay')} />
            <TextField name="place" label={t('office.place')} defaultValue={dossier.address} maxLength={300} />
            <Select name="lead" label={t('teamRoles.lead')} options={people} empty={t('form.choose')} />
            <Select
              name="secretary"
              label={t('teamRoles.secretary')}
              options={people}
              empty={t('office.nobody')}
              optional
            />
            <Checkboxes name="members" label={t('office.members')} options={people} optional />
            <SubmitButton>{t('office.plan')}</SubmitButton>
          </ActionForm>
        );
      }}
    </StepPage>
  );
}
