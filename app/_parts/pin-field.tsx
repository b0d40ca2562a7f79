import { useTranslations } from 'next-intl';
import { TextField } from '#app/_ui/field.tsx';

/** The PIN that unlocks a signing key: never kept, never shown again. */
export function PinField() {
  const t = useTranslations('dossiers.office');
  return (
    <TextField
      name="pin"
      type="password"
      label={t('pin')}
      inputMode="numeric"
      autoComplete="off"
      width={10}
      spellCheck={false}
      maxLength={12}
    />
  );
}
