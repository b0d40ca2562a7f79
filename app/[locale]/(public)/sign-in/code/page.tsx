import { getTranslations } from 'next-intl/server';
import { BackupCodeField, CodeField } from '#app/_parts/code-field.tsx';
import { PasskeyForm } from '#app/_parts/passkey-form.tsx';
import { waitingAt } from '#app/_server/session.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { giveCodeAction, passkeySecondAction } from '../actions.ts';

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations('security.signIn'))('title') };
}

/** The second step of signing in: the password was right, the code is asked for. */
export default async function SecondStep({ searchParams }: Props) {
  const [t, passkeys, query] = await Promise.all([
    getTranslations('security.signIn'),
    getTranslations('security.passkeys'),
    searchParams,
  ]);
  const next = typeof query.next === 'string' ? query.next : null;
  const { name, demoCode, hasPasskey } = await waitingAt('code', next);
  return (
    <Page>
      <PageTitle title={t('title')} below={t('lead', { name })} />
      <div className="stack">
        {demoCode && (
          <Notice>
            <p>{t('demoCode', { code: demoCode })}</p>
          </Notice>
        )}
        <ActionForm action={giveCodeAction.bind(null, next)} label={t('title')} id="code">
          <CodeField />
          <SubmitButton>{t('submit')}</SubmitButton>
        </ActionForm>
        {hasPasskey && (
          <PasskeyForm
            purpose="second-factor"
            action={passkeySecondAction.bind(null, next)}
            label={passkeys('use')}
            noAnswer={passkeys('noAnswer')}
          >
            <SubmitButton kind="quiet">{passkeys('use')}</SubmitButton>
          </PasskeyForm>
        )}
        <ActionForm
          action={giveCodeAction.bind(null, next)}
          label={t('useBackup')}
          id="backup"
          fold={{ summary: t('useBackup'), before: <p>{t('useBackupLead')}</p>, after: <p>{t('lost')}</p> }}
        >
          <BackupCodeField />
          <SubmitButton kind="quiet">{t('submitBackup')}</SubmitButton>
        </ActionForm>
        <p>
          <Link href="/sign-in">{t('other')}</Link>
        </p>
      </div>
    </Page>
  );
}
