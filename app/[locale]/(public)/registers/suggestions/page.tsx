import { getTranslations } from 'next-intl/server';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { lookUp } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('registers'))('lookUp.title') };
}

/** What became of a suggestion, by its number and secret. */
export default async function SuggestionLookUpPage() {
  const t = await getTranslations('registers.lookUp');
  return (
    <Page>
      <PageTitle title={t('title')} />
      <div className="prose stack">
        <p>{t('intro')}</p>
        <ActionForm action={lookUp} label={t('title')}>
          <TextField
            name="number"
            label={t('number')}
            hint={t('numberHint')}
            width={20}
            autoComplete="off"
            spellCheck={false}
          />
          <TextField name="key" label={t('secret')} width={20} autoComplete="off" spellCheck={false} />
          <SubmitButton>{t('ask')}</SubmitButton>
        </ActionForm>
      </div>
    </Page>
  );
}
