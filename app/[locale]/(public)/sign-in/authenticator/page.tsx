import { getTranslations } from 'next-intl/server';
import { AuthenticatorKey } from '#app/_parts/authenticator-key.tsx';
import { CodeField } from '#app/_parts/code-field.tsx';
import { waitingAt } from '#app/_server/session.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { confirmAuthenticatorAction } from '../actions.ts';

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations('security.enrol'))('title') };
}

/** Officials without an authenticator set one up before anything else. */
export default async function FirstAuthenticator({ searchParams }: Props) {
  const [t, query] = await Promise.all([getTranslations('security.enrol'), searchParams]);
  const next = typeof query.next === 'string' ? query.next : null;
  const { name, enrolment } = await waitingAt('enrolment', next);
  return (
    <Page>
      <PageTitle title={t('title')} below={t('lead', { name })} />
      <div className="stack">
        {enrolment && <AuthenticatorKey enrolment={enrolment} />}
        <ActionForm action={confirmAuthenticatorAction.bind(null, next)} label={t('title')} id="code">
          <CodeField />
          <SubmitButton>{t('submit')}</SubmitButton>
        </ActionForm>
      </div>
    </Page>
  );
}
