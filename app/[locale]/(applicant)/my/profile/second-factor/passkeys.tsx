import { useTranslations } from 'next-intl';
import { PasskeyForm } from '#app/_parts/passkey-form.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { addPasskeyAction, removePasskeyAction } from './actions.ts';

interface Passkey {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** One's own passkeys, to name when added and to remove. */
export function Passkeys({ passkeys }: { passkeys: Passkey[] }) {
  const t = useTranslations('security.passkeys');
  return (
    <>
      <p>{t('lead')}</p>
      {passkeys.length > 0 && (
        <DataTable
          caption={t('title')}
          hideCaption
          columns={[
            { key: 'name', label: t('name') },
            { key: 'since', label: t('since') },
            { key: 'used', label: t('used') },
            { key: 'remove', label: t('remove') },
          ]}
          rows={passkeys.map((passkey) => ({
            id: passkey.id,
            cells: {
              name: passkey.name,
              since: <DateText value={passkey.createdAt} time />,
              used: passkey.lastUsedAt ? <DateText value={passkey.lastUsedAt} time /> : t('never'),
              remove: (
                <ActionForm
                  action={removePasskeyAction.bind(null, passkey.id)}
                  label={t('removeOf', { name: passkey.name })}
                  id={`remove-${passkey.id}`}
                  className="row"
                >
                  <SubmitButton kind="quiet" small>
                    {t('remove')}
                    <span className="hidden-text"> {passkey.name}</span>
                  </SubmitButton>
                </ActionForm>
              ),
            },
          }))}
        />
      )}
      <PasskeyForm
        purpose="new"
        action={addPasskeyAction}
        label={t('add')}
        noAnswer={t('noAnswer')}
        without={<p className="hint">{t('cannot')}</p>}
      >
        <TextField name="name" label={t('newName')} hint={t('newNameHint')} maxLength={60} width={20} />
        <SubmitButton kind="quiet">{t('add')}</SubmitButton>
      </PasskeyForm>
    </>
  );
}
