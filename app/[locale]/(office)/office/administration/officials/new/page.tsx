import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Checkboxes } from '#app/_ui/choices.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { roles } from '#db/enums/roles.ts';
import { createOfficialAction } from '../../actions.ts';
import { AuthorityChoice } from '../../authority-choice.tsx';
import { PostFields } from '../../post-fields.tsx';

type Props = { searchParams: Promise<{ organisation?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations('administration.new'))('title') };
}

/** Entering an official: first the authority where there are several, then the rest. */
export default async function NewOfficial({ searchParams }: Props) {
  const [t, roleNames, fields, query] = await Promise.all([
    getTranslations('administration'),
    getTranslations('identity.roles'),
    getTranslations('identity.fields'),
    searchParams,
  ]);
  const authorities = await read((api) => api.identity.authorities({}));
  const chosen =
    authorities.find((one) => one.id === query.organisation) ?? (authorities.length === 1 ? authorities[0] : undefined);
  const authority = chosen && (await read((api) => api.identity.authority({ organisationId: chosen.id })));
  return (
    <>
      <Breadcrumbs items={[{ label: t('officials'), href: '/office/administration' }, { label: t('new.title') }]} />
      <PageTitle title={t('new.title')} above={authority?.name} below={t('new.lead')} />
      <div className="stack">
        {authorities.length > 1 && (
          <AuthorityChoice
            action="/office/administration/officials/new"
            authorities={authorities}
            chosen={chosen?.id}
          />
        )}
        {authority && (
          <ActionForm action={createOfficialAction} label={t('new.title')}>
            <TextField name="name" label={fields('name')} spellCheck={false} autoComplete="off" />
            <TextField name="email" type="email" label={fields('email')} spellCheck={false} autoComplete="off" />
            <TextField name="phone" type="tel" label={fields('phone')} width={20} autoComplete="off" optional />
            <PostFields units={authority.units} />
            {authority.mayChange && (
              <Checkboxes
                name="roles"
                label={t('fields.roles')}
                hint={t('fields.rolesHint')}
                options={roles.map((role) => ({ value: role, label: roleNames(role) }))}
                optional
              />
            )}
            <SubmitButton>{t('new.submit')}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </>
  );
}
