import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { FormAction } from '#app/_ui/types.ts';
import type { ImportView } from '#server/registers/index.ts';
import { entryColumn } from '#server/registers/inputs.ts';
import { useFieldTexts } from '../field-texts.tsx';

/** Says which column of the sheet is which field: what the headings suggest, or what was said last time, is chosen already. */
export function MappingForm({ sheet, action }: { sheet: ImportView; action: FormAction }) {
  const t = useTranslations('registers.imports');
  const { labelOf } = useFieldTexts(sheet.register);
  const options = sheet.headings.map((heading, index) => ({
    value: String(index),
    label: heading || `(${index + 1})`,
  }));
  return (
    <section className="stack">
      <h2>{t('map.title')}</h2>
      {sheet.remembered ? <Notice>{t('map.remembered')}</Notice> : <p className="hint">{t('map.intro')}</p>}
      <ActionForm action={action} label={t('map.title')}>
        {sheet.fields.map(({ name, required }) => (
          <Select
            key={name}
            name={`mapping.${name}`}
            label={name === entryColumn ? t('entryId') : labelOf(name)}
            optional={!required}
            empty={t('map.notInFile')}
            options={options}
            defaultValue={sheet.mapping[name] === undefined ? '' : String(sheet.mapping[name])}
          />
        ))}
        <p className="hint">{t('map.keptHint')}</p>
        <DateField
          name="validFrom"
          label={t('map.validFrom')}
          hint={t('map.validFromHint')}
          defaultValue={sheet.validFrom}
        />
        <TextField
          name="decisionNumber"
          label={t('map.decisionNumber')}
          width={20}
          optional
          autoComplete="off"
          defaultValue={sheet.decisionNumber ?? ''}
        />
        <SubmitButton>{t('map.preview')}</SubmitButton>
      </ActionForm>
    </section>
  );
}
