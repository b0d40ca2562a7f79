import { useTranslations } from 'next-intl';
import { Copyable } from '#app/_ui/copyable.tsx';
import { QrCode } from './qr-code.tsx';

/** An authenticator being set up: its key to scan, or to type. */
export function AuthenticatorKey({ enrolment }: { enrolment: { key: string; uri: string } }) {
  const t = useTranslations('security.enrol');
  return (
    <>
      <ol>
        <li>{t('install')}</li>
        <li>{t('scan')}</li>
        <li>{t('type')}</li>
      </ol>
      <QrCode text={enrolment.uri} label={t('qr')} size={220} />
      <p>
        {t('key')}: <Copyable text={enrolment.key} label={t('key')} />
      </p>
    </>
  );
}
