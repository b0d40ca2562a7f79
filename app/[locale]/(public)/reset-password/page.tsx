import { getTranslations } from 'next-intl/server';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { resetPasswordAction } from './actions.ts';

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export async function generateMetadata() {
  return {
    title: (await getTranslations('identity.reset'))('title'),
    robots: { index: false },
  };
}

/** Choosing a password by the link of a reset or an invitation. */
export default async function ResetPassword({ searchParams }: Props) {
  const [t, fields, { token }] = await Promise.all([
    getTranslations('identity.reset'),
    getTranslations('identity.fields'),
    searchParams,
  ]);
  if (typeof token !== 'string' || token === '') {
    return (
      <Page>
        <PageTitle title={t('title')} below={t('noToken')} />
        <LinkButton href="/forgot-password">{t('again')}</LinkButton>
      </Page>
    );
  }
  return (
    <Page>
      <PageTitle title={t('title')} />
      <ActionForm action={resetPasswordAction.bind(null, token)} label={t('title')}>
        <TextField
          name="password"
          type="password"
          label={fields('newPassword')}
          hint={fields('passwordHint')}
          autoComplete="new-password"
        />
        <SubmitButton>{t('submit')}</SubmitButton>
      </ActionForm>
      <p>
        <Link href="/forgot-password">{t('again')}</Link>
      </p>
    </Page>
  );
}
