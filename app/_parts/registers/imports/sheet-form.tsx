import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Select } from '#app/_ui/field.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { FormAction } from '#app/_ui/types.ts';
import type { ImportView } from '#server/registers/index.ts';

/** Which sheet of a workbook is read, and where its headings stand; another one may be chosen. */
export function SheetForm({ sheet, action }: { sheet: ImportView; action: FormAction }) {
  const t = useTranslations('registers.imports.sheet');
  const name = sheet.sheets[sheet.sheet];
  return (
    <section className="stack">
      <h2>{t('title')}</h2>
      <p>
        {name !== undefined && t('read', { name })}{' '}
        {(sheet.headingLine ?? 1) > 1 && t('headings', { line: sheet.headingLine ?? 1 })}
      </p>
      {sheet.sheets.length > 1 && (
        <ActionForm action={action} label={t('title')}>
          <Select
            name="sheet"
            label={t('other')}
            defaultValue={String(sheet.sheet)}
            options={sheet.sheets.map((each, index) => ({ value: String(index), label: each || `(${index + 1})` }))}
          />
          <SubmitButton kind="quiet">{t('choose')}</SubmitButton>
        </ActionForm>
      )}
    </section>
  );
}
