import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select, TextArea, TextField } from '#app/_ui/field.tsx';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { UnitDetail } from '#server/equipment/index.ts';
import { checkKinds, unitStatuses } from '#server/equipment/rules.ts';
import { recordCheckOf, recordStatusOf, setPlanOf } from './equipment-actions.ts';
import { PlanFields } from './unit-form.tsx';

/** What the keepers of a machine record: its state, a check that was done, and how often checks are asked for. */
export function RecordForms({ unit }: { unit: UnitDetail }) {
  const t = useTranslations('equipment');
  return (
    <section className="stack">
      <h2>{t('record.title')}</h2>
      <Details summary={t('record.status')}>
        <ActionForm action={recordStatusOf.bind(null, unit.id)} label={t('record.status')}>
          <Select
            name="status"
            label={t('list.status')}
            options={unitStatuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
            defaultValue={unit.status}
          />
          <DateField name="since" label={t('record.since')} />
          <TextArea name="note" label={t('unit.note')} rows={2} maxLength={1000} optional />
          <p className="hint">{t('record.forGood')}</p>
          <SubmitButton>{t('record.saveStatus')}</SubmitButton>
        </ActionForm>
      </Details>
      <Details summary={t('record.check')}>
        <ActionForm action={recordCheckOf.bind(null, unit.id)} label={t('record.check')}>
          <Radios
            name="kind"
            label={t('unit.kind')}
            options={checkKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            defaultValue="calibration"
            inline
          />
          <DateField name="doneOn" label={t('unit.doneOn')} />
          <Radios
            name="passed"
            label={t('unit.outcome')}
            options={[
              { value: 'yes', label: t('unit.passed') },
              { value: 'no', label: t('unit.failed') },
            ]}
            defaultValue="yes"
            inline
          />
          <TextField name="doneBy" label={t('unit.doneBy')} />
          <TextField name="certificate" label={t('record.certificate')} width={20} optional autoComplete="off" />
          <SubmitButton>{t('record.saveCheck')}</SubmitButton>
        </ActionForm>
      </Details>
      <Details summary={t('record.plan')}>
        <ActionForm action={setPlanOf.bind(null, unit.id)} label={t('record.plan')}>
          <PlanFields calibration={unit.calibration.months} inspection={unit.inspection.months} />
          <SubmitButton>{t('record.savePlan')}</SubmitButton>
        </ActionForm>
      </Details>
    </section>
  );
}
