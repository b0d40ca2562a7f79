import { useTranslations } from 'next-intl';
import { TextField } from '#app/_ui/field.tsx';

/** The six digits an authenticator shows. */
export function CodeField() {
  const t = useTranslations('security');
  return (
    <TextField
      name="otp"
      label={t('code')}
      hint={t('codeHint')}
      inputMode="numeric"
      autoComplete="one-time-code"
      width={10}
      maxLength={40}
      spellCheck={false}
    />
  );
}

/** A code from paper, instead of the authenticator. */
export function BackupCodeField() {
  const t = useTranslations('security');
  return (
    <TextField
      name="otp"
      label={t('backupCode')}
      hint={t('backupCodeHint')}
      autoComplete="off"
      width={20}
      maxLength={40}
      spellCheck={false}
    />
  );
}
