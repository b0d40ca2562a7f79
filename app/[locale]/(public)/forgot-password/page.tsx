import { getTranslations } from 'next-intl/server';
import { MailSent } from '#app/_parts/mail-sent.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { forgotPasswordAction } from './actions.ts';

type Props = { searchParams: Promise<{ sent?: string }> };

export async function generateMetadata({ searchParams }: Props) {
  const { sent } = await searchParams;
  return { title: (await getTranslations('identity.forgot'))(sent ? 'sentTitle' : 'title') };
}

/** Asking for a link to choose a new password. */
export default async function ForgotPassword({ searchParams }: Props) {
  const [t, fields, { sent }] = await Promise.all([
    getTranslations('identity.forgot'),
    getTranslations('identity.fields'),
    searchParams,
  ]);
  if (sent) return <MailSent title={t('sentTitle')} text={t('sent')} />;
  return (
    <Page>
      <PageTitle title={t('title')} below={t('lead')} />
      <ActionForm action={forgotPasswordAction} label={t('title')}>
        <TextField name="email" type="email" label={fields('email')} autoComplete="username" spellCheck={false} />
        <SubmitButton>{t('submit')}</SubmitButton>
      </ActionForm>
    </Page>
  );
}
