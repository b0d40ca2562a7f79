import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Select } from '#app/_ui/field.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { roles } from '#db/enums/roles.ts';
import { assignPostAction, grantRoleAction } from '../../actions.ts';
import { AuthorityChoice } from '../../authority-choice.tsx';
import { PostFields, unitOptions } from '../../post-fields.tsx';

/** Giving an official a role or another post, in one of the authorities one administers. */
export async function NewPlaces({ userId, organisation }: { userId: string; organisation: string | undefined }) {
  const [t, roleNames] = await Promise.all([getTranslations('administration'), getTranslations('identity.roles')]);
  const authorities = await read((api) => api.identity.authorities({}));
  const chosen = authorities.find((one) => one.id === organisation) ?? authorities[0];
  if (!chosen) return null;
  const authority = await read((api) => api.identity.authority({ organisationId: chosen.id }));
  const provinces = await read((api) => api.territory.provinces({}));
  return (
    <>
      {authorities.length > 1 && (
        <AuthorityChoice
          action={`/office/administration/officials/${userId}`}
          authorities={authorities}
          chosen={chosen.id}
        />
      )}
      <Card title={t('official.grant')}>
        <ActionForm action={grantRoleAction.bind(null, userId, chosen.id)} label={t('official.grant')} id="grant">
          <p className="hint">{authority.name}</p>
          <Select
            name="role"
            label={t('fields.role')}
            empty={t('fields.chooseRole')}
            options={roles.map((role) => ({ value: role, label: roleNames(role) }))}
          />
          <Select
            name="unitId"
            label={t('fields.scopeUnit')}
            {...(authority.mayChange ? { empty: t('fields.wholeOrganisation') } : {})}
            options={unitOptions(authority.units)}
          />
          {authority.provinceCode === null && (
            <Select
              name="provinceCode"
              label={t('fields.province')}
              empty={t('fields.anyProvince')}
              options={provinces.map((province) => ({ value: province.code, label: province.fullName }))}
            />
          )}
          <SubmitButton>{t('official.grantSubmit')}</SubmitButton>
        </ActionForm>
      </Card>
      <Card title={t('official.assign')}>
        <p>{t('official.assignLead')}</p>
        <ActionForm action={assignPostAction.bind(null, userId)} label={t('official.assign')} id="assign">
          <p className="hint">{authority.name}</p>
          <PostFields units={authority.units} />
          <SubmitButton>{t('official.assignSubmit')}</SubmitButton>
        </ActionForm>
      </Card>
    </>
  );
}
