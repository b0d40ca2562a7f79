import { getTranslations } from 'next-intl/server';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { signOutAction } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('identity.signOut'))('title') };
}

/** Signing out changes something, so it is a button and not a link. */
export default async function SignOut() {
  const t = await getTranslations('identity.signOut');
  return (
    <Page>
      <PageTitle title={t('title')} below={t('lead')} />
      <ActionForm action={signOutAction} label={t('title')}>
        <div className="row">
          <SubmitButton>{t('submit')}</SubmitButton>
          <LinkButton href="/" kind="quiet">
            {t('stay')}
          </LinkButton>
        </div>
      </ActionForm>
    </Page>
  );
}
