import { forbidden } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { createAuthorityAction } from '../../actions.ts';
import { AuthorityFields } from '../authority-fields.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('administration.authority'))('newTitle') };
}

/** Entering an authority: for administrators of the ministry. */
export default async function NewAuthority() {
  const t = await getTranslations('administration');
  const authorities = await read((api) => api.identity.authorities({}));
  if (!authorities.some((authority) => authority.provinceCode === null && authority.whole)) forbidden();
  const provinces = await read((api) => api.territory.provinces({}));
  return (
    <>
      <Breadcrumbs
        items={[
          { label: t('authorities'), href: '/office/administration/authorities' },
          { label: t('authority.newTitle') },
        ]}
      />
      <PageTitle title={t('authority.newTitle')} />
      <ActionForm action={createAuthorityAction} label={t('authority.newTitle')}>
        <AuthorityFields provinces={provinces} mayChangeCodes />
        <SubmitButton>{t('authority.newSubmit')}</SubmitButton>
      </ActionForm>
    </>
  );
}
