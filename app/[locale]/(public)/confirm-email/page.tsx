import { getTranslations } from 'next-intl/server';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { confirmEmailAction } from './actions.ts';

type Props = { searchParams: Promise<{ token?: string | string[]; next?: string | string[] }> };

export async function generateMetadata() {
  return {
    title: (await getTranslations('identity.confirm'))('title'),
    robots: { index: false },
  };
}

/** The page behind the link of a mail. Opening it changes nothing, since programs that check mails open links too. */
export default async function ConfirmEmail({ searchParams }: Props) {
  const [t, signUp, { token, next }] = await Promise.all([
    getTranslations('identity.confirm'),
    getTranslations('identity.signUp'),
    searchParams,
  ]);
  if (typeof token !== 'string' || token === '') {
    return (
      <Page>
        <PageTitle title={t('title')} below={t('noToken')} />
        <LinkButton href="/sign-up">{signUp('title')}</LinkButton>
      </Page>
    );
  }
  return (
    <Page>
      <PageTitle title={t('title')} below={t('lead')} />
      <ActionForm
        action={confirmEmailAction.bind(null, token, typeof next === 'string' ? next : null)}
        label={t('title')}
      >
        <SubmitButton>{t('submit')}</SubmitButton>
      </ActionForm>
      <p>
        {t('tooLate')} <Link href="/sign-up">{t('again')}</Link>
      </p>
    </Page>
  );
}
