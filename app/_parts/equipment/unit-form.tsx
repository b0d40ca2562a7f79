import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { NumberField, TextField } from '#app/_ui/field.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { FormState } from '#app/_ui/types.ts';

type Action = (before: FormState, data: FormData) => Promise<FormState>;

/** Enters a machine: by the code on its label, or by what stands there. */
export function UnitForm({ action }: { action: Action }) {
  const t = useTranslations('equipment.form');
  const plain = { optional: true, autoComplete: 'off', spellCheck: false } as const;
  return (
    <ActionForm action={action} label={t('title')}>
      <TextField name="udi" label={t('udi')} hint={t('udiHint')} {...plain} />
      <TextField name="device" label={t('device')} hint={t('deviceHint')} {...plain} />
      <TextField name="serial" label={t('serial')} hint={t('fromUdi')} width={20} {...plain} />
      <TextField name="lot" label={t('lot')} hint={t('fromUdi')} width={20} {...plain} />
      <DateField name="expiresOn" label={t('expiresOn')} hint={t('fromUdi')} optional />
      <DateField name="installedOn" label={t('installedOn')} />
      <PlanFields />
      <SubmitButton>{t('save')}</SubmitButton>
    </ActionForm>
  );
}

/** After how many months a machine is checked. */
export function PlanFields({ calibration, inspection }: { calibration?: number | null; inspection?: number | null }) {
  const t = useTranslations('equipment.form');
  return (
    <>
      <NumberField
        name="calibrationMonths"
        label={t('calibrationMonths')}
        hint={t('monthsHint')}
        width={4}
        optional
        defaultValue={calibration ? String(calibration) : ''}
      />
      <NumberField
        name="inspectionMonths"
        label={t('inspectionMonths')}
        hint={t('monthsHint')}
        width={4}
        optional
        defaultValue={inspection ? String(inspection) : ''}
      />
    </>
  );
}
