import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { keepCodesAction } from './actions.ts';

/** Codes just made: shown until their owner says they are kept, then never again. */
export function BackupCodes({ codes, next }: { codes: string[]; next: string | null }) {
  const t = useTranslations('security.factor');
  return (
    <Card title={t('newCodes')}>
      <p>{t('newCodesLead')}</p>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <ActionForm action={keepCodesAction.bind(null, next)} label={t('newCodes')} id="keep">
        <SubmitButton>{t('keep')}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
