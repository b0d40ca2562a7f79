import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Checkboxes, Radios } from '#app/_ui/choices.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select, TextArea, TextField } from '#app/_ui/field.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { FormState } from '#app/_ui/types.ts';
import type { ChangeForm, FormField } from '#server/registers/index.ts';
import { useFieldTexts } from './field-texts.tsx';

/** The form in which a change of an entry, or a new one, is proposed. Inputs of the entry are named `texts.<field>`. */
export function ProposalForm(props: {
  form: ChangeForm;
  today: string;
  action: (before: FormState, data: FormData) => Promise<FormState>;
}) {
  const { form, today, action } = props;
  const t = useTranslations('registers');
  const kinds = form.closed ? (['reopen', 'correct'] as const) : (['change', 'correct', 'close', 'merge'] as const);
  return (
    <ActionForm action={action} label={t('form.title')}>
      {form.id && (
        <Radios
          name="kind"
          label={t('form.kind')}
          defaultValue={kinds[0]}
          options={kinds.map((kind) => ({
            value: kind,
            label: t(`kinds.${kind}`),
            hint: t(`form.kindHints.${kind}`),
            ...(kind === 'merge'
              ? { more: <TextField name="mergeInto" label={t('form.mergeInto')} hint={t('form.mergeIntoHint')} /> }
              : {}),
          }))}
        />
      )}
      {form.fields.map((field) => (
        <EntryField key={field.name} register={form.register} field={field} />
      ))}
      <DateField name="validFrom" label={t('form.validFrom')} defaultValue={today} />
      <DateField
        name="validTo"
        label={t('form.validTo')}
        hint={t('form.validToHint')}
        optional
        defaultValue={form.nextChange ?? undefined}
      />
      <TextField name="decisionNumber" label={t('form.decisionNumber')} width={20} optional autoComplete="off" />
      <TextArea name="reason" label={t('form.reason')} hint={t('form.reasonHint')} rows={3} />
      <SubmitButton>{t('form.propose')}</SubmitButton>
    </ActionForm>
  );
}

function EntryField({ register, field }: { register: string; field: FormField }) {
  const { labelOf, hintOf, optionOf } = useFieldTexts(register);
  const t = useTranslations('registers.form');
  const hint = hintOf(field.name) ?? (field.input === 'date' ? t('dateHint') : null);
  const common = {
    name: `texts.${field.name}`,
    label: labelOf(field.name),
    optional: !field.required,
    ...(hint === null ? {} : { hint }),
  };
  const options = (field.options ?? []).map((value) => ({ value, label: optionOf(field.name, value) }));
  if (field.input === 'choice')
    return <Select {...common} options={options} empty={t('choose')} defaultValue={field.text} />;
  if (field.input === 'choices')
    return <Checkboxes {...common} options={options} defaultValue={field.text.split('; ').filter(Boolean)} />;
  if (field.input === 'flag') {
    // what is ticked is said beside the box: "yes" alone asks what to
    const said = optionOf(field.name, 'x');
    const label = said === 'x' ? t('yes') : said;
    return <Checkboxes {...common} options={[{ value: 'x', label }]} defaultValue={field.text ? ['x'] : []} />;
  }
  if (field.input === 'lines') return <TextArea {...common} defaultValue={field.text} rows={3} />;
  return (
    <TextField {...common} defaultValue={field.text} {...(field.input === 'date' ? { width: 10 as const } : {})} />
  );
}
