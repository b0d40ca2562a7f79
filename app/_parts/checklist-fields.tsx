import { getLocale, getTranslations } from 'next-intl/server';
import { Radios } from '#app/_ui/choices.tsx';
import { TextField } from '#app/_ui/field.tsx';
import type { Locale } from '#i18n/routing.ts';
import type { Text } from '#server/procedures/rules.ts';

/** A checklist to fill in: each criterion met, not met or not applicable, with room for a remark. */
export async function ChecklistFields({ items }: { items: readonly { key: string; label: Text }[] }) {
  const [t, locale] = await Promise.all([getTranslations('dossiers'), getLocale() as Promise<Locale>]);
  return (
    <div className="fields">
      {items.map((item) => (
        <div key={item.key} className="card fields">
          <input type="hidden" name="check" value={item.key} />
          <input type="hidden" name={`check.${item.key}.label`} value={item.label.vi} />
          <Radios
            name={`check.${item.key}`}
            label={item.label[locale]}
            inline
            options={(['met', 'unmet', 'notApplicable'] as const).map((outcome) => ({
              value: outcome,
              label: t(`outcomes.${outcome}`),
            }))}
          />
          <TextField name={`check.${item.key}.note`} label={t('office.remark')} optional maxLength={1000} />
        </div>
      ))}
    </div>
  );
}
