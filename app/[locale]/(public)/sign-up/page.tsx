import { getTranslations } from 'next-intl/server';
import { MailSent } from '#app/_parts/mail-sent.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { signUpAction } from './actions.ts';

type Props = { searchParams: Promise<{ sent?: string }> };

export async function generateMetadata({ searchParams }: Props) {
  const { sent } = await searchParams;
  return { title: (await getTranslations('identity.signUp'))(sent ? 'sentTitle' : 'title') };
}

/** Signing up, for businesses and citizens. */
export default async function SignUp({ searchParams }: Props) {
  const [t, signIn, fields, { sent }] = await Promise.all([
    getTranslations('identity.signUp'),
    getTranslations('identity.signIn'),
    getTranslations('identity.fields'),
    searchParams,
  ]);
  if (sent) {
    return (
      <MailSent title={t('sentTitle')} text={t('sent')}>
        <p>
          {t('sentNothing')} <Link href="/sign-up">{t('title')}</Link>
        </p>
      </MailSent>
    );
  }
  return (
    <Page>
      <PageTitle title={t('title')} below={t('lead')} />
      <ActionForm action={signUpAction} label={t('title')}>
        <Radios
          name="kind"
          label={t('kind')}
          options={[
            { value: 'business', label: t('business'), hint: t('businessHint') },
            { value: 'citizen', label: t('citizen') },
          ]}
        />
        <TextField
          name="name"
          label={fields('name')}
          hint={fields('nameHint')}
          autoComplete="name"
          spellCheck={false}
        />
        <TextField name="email" type="email" label={fields('email')} autoComplete="email" spellCheck={false} />
        <TextField
          name="phone"
          type="tel"
          label={fields('phone')}
          hint={fields('phoneHint')}
          autoComplete="tel"
          width={20}
          optional
        />
        <TextField
          name="citizenId"
          label={fields('citizenId')}
          hint={fields('citizenIdHint')}
          inputMode="numeric"
          width={20}
          optional
        />
        <TextField
          name="password"
          type="password"
          label={fields('password')}
          hint={fields('passwordHint')}
          autoComplete="new-password"
        />
        <p className="hint">{t('privacy')}</p>
        <SubmitButton>{t('submit')}</SubmitButton>
      </ActionForm>
      <p>
        {t('haveAccount')} <Link href="/sign-in">{signIn('title')}</Link>
      </p>
    </Page>
  );
}
