import { getTranslations } from 'next-intl/server';
import { AuthenticatorKey } from '#app/_parts/authenticator-key.tsx';
import { CodeField } from '#app/_parts/code-field.tsx';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { withoutLocale } from '#i18n/locale-path.ts';
import { safePath } from '#server/identity/rules.ts';
import { beginAction, confirmAction, renewCodesAction } from './actions.ts';
import { BackupCodes } from './backup-codes.tsx';
import { Passkeys } from './passkeys.tsx';

const notices = ['kept', 'passkeyAdded', 'passkeyRemoved'] as const;
type Props = { searchParams: Promise<{ next?: string | string[]; notice?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('security.factor'))('title') };
}

/** An official's second factors: authenticator, backup codes, passkeys. */
export default async function SecondFactor({ searchParams }: Props) {
  const [t, enrol, profile, query] = await Promise.all([
    getTranslations('security.factor'),
    getTranslations('security.enrol'),
    getTranslations('identity.profile'),
    searchParams,
  ]);
  const next = typeof query.next === 'string' ? query.next : null;
  const notice = notices.find((one) => one === query.notice);
  const factor = await read((api) => api.identity.mySecondFactor({}));
  return (
    <Page>
      <Breadcrumbs items={[{ label: profile('title'), href: '/my/profile' }, { label: t('title') }]} />
      <PageTitle title={t('title')} below={t('lead')} />
      <div className="stack">
        {notice && (
          <Notice tone="ok" status>
            <p>{t(notice)}</p>
          </Notice>
        )}
        {query.notice === 'backupUsed' && (
          <Notice tone="wait" title={t('backupUsed.title')} status>
            <p>{t('backupUsed.text', { count: factor.codesLeft })}</p>
            <p>
              <Link href={withoutLocale(safePath(next, '/office'))}>{t('backupUsed.onward')}</Link>
            </p>
          </Notice>
        )}
        {factor.codesToShow.length > 0 && <BackupCodes codes={factor.codesToShow} next={next} />}
        <Card title={t('authenticator')}>
          <p>
            {t('since')} <DateText value={factor.since} time />
          </p>
          {factor.enrolment ? (
            <>
              <AuthenticatorKey enrolment={factor.enrolment} />
              <ActionForm action={confirmAction} label={enrol('title')} id="confirm">
                <CodeField />
                <SubmitButton>{enrol('submit')}</SubmitButton>
              </ActionForm>
            </>
          ) : (
            <ActionForm action={beginAction} label={t('replace')} id="replace">
              <p className="hint">{t('replaceLead')}</p>
              <SubmitButton kind="quiet">{t('replace')}</SubmitButton>
            </ActionForm>
          )}
        </Card>
        <Card title={t('backupCodes')}>
          <p>{t('codesLeft', { count: factor.codesLeft })}</p>
          <ActionForm action={renewCodesAction} label={t('renew')} id="renew">
            <p className="hint">{t('renewLead')}</p>
            <SubmitButton kind="quiet">{t('renew')}</SubmitButton>
          </ActionForm>
        </Card>
        <Card title={t('passkeys')}>
          <Passkeys passkeys={factor.passkeys} />
        </Card>
      </div>
    </Page>
  );
}
