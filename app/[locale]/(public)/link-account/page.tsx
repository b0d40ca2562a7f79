import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { identityHere } from '#app/_server/provider.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { linkAction, registerAction } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('provider.link'))('title'), robots: { index: false } };
}

/** Somebody came back from the other provider and no account is linked to them yet: link one, or make one. */
export default async function LinkAccount() {
  const [t, fields, waiting, viewer] = await Promise.all([
    getTranslations('provider.link'),
    getTranslations('identity.fields'),
    identityHere(),
    read((api) => api.identity.viewer({})),
  ]);
  if (waiting === null) {
    return (
      <Page>
        <PageTitle title={t('title')} below={t('nothing')} />
        <LinkButton href="/sign-in">{t('toSignIn')}</LinkButton>
      </Page>
    );
  }
  const { label } = waiting;
  const who = waiting.name ?? waiting.email ?? t('nameless');
  if (viewer && waiting.mayLink) {
    return (
      <Page>
        <PageTitle title={t('title')} below={t('confirm', { label, who, name: viewer.name })} />
        <ActionForm action={linkAction.bind(null, viewer.official ? '/office' : '/my')} label={t('title')}>
          <SubmitButton>{t('submit')}</SubmitButton>
        </ActionForm>
      </Page>
    );
  }
  return (
    <Page>
      <PageTitle title={t('title')} below={t('lead', { label, who })} />
      <div className="stack">
        <h2>{t('existing')}</h2>
        <p>{t('existingLead')}</p>
        <LinkButton href="/sign-in?next=/link-account">{t('signInFirst')}</LinkButton>
        <h2>{t('new')}</h2>
        {waiting.mayRegister ? (
          <>
            <p>{t('newLead', { email: waiting.email ?? '' })}</p>
            <ActionForm action={registerAction} label={t('new')} values={{ name: waiting.name ?? '' }}>
              <TextField name="name" label={fields('name')} autoComplete="name" />
              <SubmitButton kind="quiet">{t('create')}</SubmitButton>
            </ActionForm>
          </>
        ) : (
          <p>{waiting.email ? t('taken', { email: waiting.email }) : t('noEmail', { label })}</p>
        )}
      </div>
    </Page>
  );
}
