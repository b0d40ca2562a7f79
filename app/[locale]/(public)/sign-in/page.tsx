import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { PasskeyForm } from '#app/_parts/passkey-form.tsx';
import { read } from '#app/_server/caller.ts';
import { providerLink } from '#app/_server/provider.ts';
import { secondFactorPage, waiting } from '#app/_server/session.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { localePath, withoutLocale } from '#i18n/locale-path.ts';
import { safePath } from '#server/identity/rules.ts';
import { passkeySignInAction, signInAction } from './actions.ts';
import { DemoAccounts } from './demo-accounts.tsx';

const notices = ['confirmed', 'password', 'signedOut', 'signedOutEverywhere'] as const;
const providerNotices = ['providerDown', 'providerBusy', 'providerRefused', 'providerDeclined'] as const;
type Props = { searchParams: Promise<{ next?: string | string[]; notice?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('identity.signIn'))('title') };
}

/** Signing in, with the way back to the page that asked for it. */
export default async function SignIn({ searchParams }: Props) {
  const [t, fields, passkeys, providers, query, locale] = await Promise.all([
    getTranslations('identity.signIn'),
    getTranslations('identity.fields'),
    getTranslations('security.passkeys'),
    getTranslations('provider.signIn'),
    searchParams,
    getLocale(),
  ]);
  const [viewer, accounts] = await Promise.all([
    read((api) => api.identity.viewer({})),
    read((api) => api.identity.demoAccounts({})),
  ]);
  const next = typeof query.next === 'string' ? query.next : null;
  const owing = viewer ? null : await waiting();
  const secondStep = owing && secondFactorPage(owing.enrolment ? 'enrolment' : 'code', next);
  if (secondStep && next) redirect(localePath(locale, secondStep));
  const notice = notices.find((one) => one === query.notice);
  const provider = providerLink(next, locale);
  const refusal = provider && providerNotices.find((one) => one === query.notice);
  const start = viewer?.official ? '/office' : '/my';
  return (
    <Page>
      <PageTitle title={t('title')} below={t('lead')} />
      <div className="stack">
        {notice && (
          <Notice tone="ok" status>
            <p>{t(`notices.${notice}`)}</p>
            {provider && notice.startsWith('signedOut') && (
              <p>{providers('signedInThere', { label: provider.label })}</p>
            )}
          </Notice>
        )}
        {refusal && (
          <Notice tone="wait" status>
            <p>{providers(`notices.${refusal}`, { label: provider.label })}</p>
          </Notice>
        )}
        {!notice && !refusal && next && !viewer && (
          <Notice>
            <p>{t('needed')}</p>
          </Notice>
        )}
        {viewer && (
          <Notice>
            <p>{t('already', { name: viewer.name })}</p>
            <LinkButton href={withoutLocale(safePath(next, start))} kind="quiet" small>
              {t('continue')}
            </LinkButton>
          </Notice>
        )}
        {secondStep && (
          <Notice>
            <p>{t('halfway', { name: owing.name })}</p>
            <LinkButton href={secondStep} kind="quiet" small>
              {t('continue')}
            </LinkButton>
          </Notice>
        )}
        <ActionForm action={signInAction.bind(null, next)} label={t('title')}>
          <TextField name="email" type="email" label={fields('email')} autoComplete="username" spellCheck={false} />
          <TextField name="password" type="password" label={fields('password')} autoComplete="current-password" />
          <SubmitButton>{t('submit')}</SubmitButton>
        </ActionForm>
        <PasskeyForm
          purpose="sign-in"
          action={passkeySignInAction.bind(null, next)}
          label={passkeys('signIn')}
          noAnswer={passkeys('noAnswer')}
        >
          <SubmitButton kind="quiet">{passkeys('signIn')}</SubmitButton>
        </PasskeyForm>
        {provider && (
          <p>
            <LinkButton href={provider.href} kind="quiet">
              {providers('button', { label: provider.label })}
            </LinkButton>
          </p>
        )}
        <p>
          <Link href="/forgot-password">{t('forgot')}</Link>
        </p>
        <p>
          {t('noAccount')} <Link href="/sign-up">{t('signUp')}</Link>
        </p>
        {accounts && <DemoAccounts accounts={accounts} />}
      </div>
    </Page>
  );
}
