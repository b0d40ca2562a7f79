import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { updateOfficialAction } from '../../actions.ts';
import { AccountButtons } from './account-buttons.tsx';
import { Grants } from './grants.tsx';
import { NewPlaces } from './new-places.tsx';
import { Posts } from './posts.tsx';

type Props = {
  params: Promise<{ userId: string }>;
  searchParams: Promise<{ notice?: string; organisation?: string | string[] }>;
};
const notices = [
  'saved',
  'assigned',
  'granted',
  'revoked',
  'disabled',
  'enabled',
  'invitedAgain',
  'factorReset',
] as const;
const tones = { invited: 'wait', active: 'ok', disabled: 'late' } as const;

export async function generateMetadata({ params }: Props) {
  const { userId } = await params;
  return { title: (await read((api) => api.identity.official({ userId }))).name };
}

/** One official: details, posts, roles, and whether they may sign in. */
export default async function OfficialPage({ params, searchParams }: Props) {
  const [t, fields, { userId }, query] = await Promise.all([
    getTranslations('administration'),
    getTranslations('identity.fields'),
    params,
    searchParams,
  ]);
  const official = await read((api) => api.identity.official({ userId }));
  const provinces = await read((api) => api.territory.provinces({}));
  const grants = official.grants.map((grant) => ({
    ...grant,
    provinceName: provinces.find((one) => one.code === grant.provinceCode)?.fullName ?? null,
  }));
  const notice = notices.find((one) => one === query.notice);
  return (
    <>
      <Breadcrumbs items={[{ label: t('officials'), href: '/office/administration' }, { label: official.name }]} />
      <PageTitle
        title={official.name}
        below={official.email}
        actions={<Tag tone={tones[official.status]}>{t(`status.${official.status}`)}</Tag>}
      />
      <div className="stack">
        {(notice || query.notice === 'created') && (
          <Notice tone="ok" status>
            <p>{notice ? t(`official.${notice}`) : t('new.created')}</p>
          </Notice>
        )}
        {!official.mayGrant && (
          <Notice>
            <p>{t('official.yourself')}</p>
          </Notice>
        )}
        {official.mayChange && (
          <Card title={t('official.details')}>
            <ActionForm action={updateOfficialAction.bind(null, userId)} label={t('official.details')}>
              <TextField
                name="name"
                label={fields('name')}
                defaultValue={official.name}
                spellCheck={false}
                autoComplete="off"
              />
              <TextField
                name="phone"
                type="tel"
                label={fields('phone')}
                defaultValue={official.phone ?? ''}
                width={20}
                autoComplete="off"
                optional
              />
              <SubmitButton>{t('official.save')}</SubmitButton>
            </ActionForm>
          </Card>
        )}
        <Card title={t('official.posts')}>
          <Posts posts={official.posts} />
        </Card>
        <Card title={t('official.grants')}>
          <Grants userId={userId} grants={grants} mayGrant={official.mayGrant} />
        </Card>
        {official.mayGrant && (
          <NewPlaces
            userId={userId}
            organisation={
              typeof query.organisation === 'string' ? query.organisation : official.posts[0]?.organisationId
            }
          />
        )}
        {official.mayChange && <AccountButtons userId={userId} status={official.status} />}
      </div>
    </>
  );
}
