import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { changePasswordAction, signOutEverywhereAction, updateProfileAction } from './actions.ts';
import { IdentityLinks } from './identity-links.tsx';
import { Sessions } from './sessions.tsx';

type Props = { searchParams: Promise<{ notice?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('identity.profile'))('title') };
}

/** One's own details, password and signed-in devices; for applicants and officials. */
export default async function Profile({ searchParams }: Props) {
  const [t, fields, { notice }] = await Promise.all([
    getTranslations('identity.profile'),
    getTranslations('identity.fields'),
    searchParams,
  ]);
  const [me, sessions, links] = await Promise.all([
    read((api) => api.identity.myProfile({})),
    read((api) => api.identity.mySessions({})),
    read((api) => api.identity.myIdentityLinks({})),
  ]);
  const locales = (['vi', 'en'] as const).map((value) => ({ value, label: fields(value) }));
  return (
    <Page>
      <PageTitle
        title={t('title')}
        below={me.email}
        actions={
          me.official ? undefined : (
            <LinkButton href="/my/organisations" kind="quiet">
              {t('organisations')}
            </LinkButton>
          )
        }
      />
      <div className="stack">
        {(notice === 'saved' || notice === 'ended' || notice === 'unlinked') && (
          <Notice tone="ok" status>
            <p>{t(notice)}</p>
          </Notice>
        )}
        <Card title={t('details')}>
          {me.official && (
            <>
              <Facts
                items={[
                  { label: fields('name'), value: me.name },
                  ...(me.post
                    ? [
                        { label: t('post'), value: me.post.title },
                        { label: t('unit'), value: me.post.unitName },
                      ]
                    : []),
                ]}
              />
              <p className="hint">{t('officialName')}</p>
            </>
          )}
          <ActionForm action={updateProfileAction} label={t('details')}>
            {me.official ? (
              <input type="hidden" name="name" value={me.name} />
            ) : (
              <TextField
                name="name"
                label={fields('name')}
                defaultValue={me.name}
                autoComplete="name"
                spellCheck={false}
              />
            )}
            <TextField
              name="phone"
              type="tel"
              label={fields('phone')}
              hint={fields('phoneHint')}
              defaultValue={me.phone ?? ''}
              autoComplete="tel"
              width={20}
              optional
            />
            <TextField
              name="citizenId"
              label={fields('citizenId')}
              hint={fields('citizenIdHint')}
              defaultValue={me.citizenId ?? ''}
              inputMode="numeric"
              width={20}
              optional
            />
            <Radios name="locale" label={fields('locale')} options={locales} defaultValue={me.locale} inline />
            <SubmitButton>{t('save')}</SubmitButton>
          </ActionForm>
        </Card>
        {me.official && (
          <Card title={t('secondFactor')}>
            <p>{t('secondFactorLead')}</p>
            <LinkButton href="/my/profile/second-factor" kind="quiet">
              {t('secondFactorOpen')}
            </LinkButton>
          </Card>
        )}
        <Card title={t('password')}>
          <p>{t('passwordLead')}</p>
          <ActionForm action={changePasswordAction} label={t('password')} id="password">
            <TextField
              name="currentPassword"
              type="password"
              label={fields('currentPassword')}
              autoComplete="current-password"
            />
            <TextField
              name="password"
              type="password"
              label={fields('newPassword')}
              hint={fields('passwordHint')}
              autoComplete="new-password"
            />
            <SubmitButton>{t('passwordSave')}</SubmitButton>
          </ActionForm>
        </Card>
        {links.length > 0 && (
          <Card title={t('links')}>
            <p>{t('linksLead')}</p>
            <IdentityLinks links={links} />
          </Card>
        )}
        <Card title={t('sessions')}>
          <p>{t('sessionsLead')}</p>
          <Sessions sessions={sessions} />
          <ActionForm action={signOutEverywhereAction} label={t('everywhere')}>
            <p className="hint">{t('everywhereLead')}</p>
            <SubmitButton kind="quiet">{t('everywhere')}</SubmitButton>
          </ActionForm>
        </Card>
      </div>
    </Page>
  );
}
