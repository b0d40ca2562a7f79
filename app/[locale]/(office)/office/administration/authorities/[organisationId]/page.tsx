import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { createUnitAction, updateAuthorityAction } from '../../actions.ts';
import { unitOptions } from '../../post-fields.tsx';
import { AuthorityFields } from '../authority-fields.tsx';
import { Units } from './units.tsx';

type Props = { params: Promise<{ organisationId: string }>; searchParams: Promise<{ notice?: string }> };
const notices = ['created', 'saved', 'unitAdded', 'renamed'] as const;

export async function generateMetadata({ params }: Props) {
  const { organisationId } = await params;
  return { title: (await read((api) => api.identity.authority({ organisationId }))).name };
}

/** One authority: its facts and the tree of its units. */
export default async function AuthorityPage({ params, searchParams }: Props) {
  const [t, { organisationId }, query] = await Promise.all([getTranslations('administration'), params, searchParams]);
  const authority = await read((api) => api.identity.authority({ organisationId }));
  const provinces = await read((api) => api.territory.provinces({}));
  const notice = notices.find((one) => one === query.notice);
  return (
    <>
      <Breadcrumbs
        items={[{ label: t('authorities'), href: '/office/administration/authorities' }, { label: authority.name }]}
      />
      <PageTitle title={authority.name} below={authority.agencyCode} />
      <div className="stack">
        {notice && (
          <Notice tone="ok" status>
            <p>{t(`authority.${notice}`)}</p>
          </Notice>
        )}
        <Card title={t('authority.units')}>
          <div className="prose">
            <Units organisationId={organisationId} units={authority.units} />
          </div>
          <ActionForm action={createUnitAction.bind(null, organisationId)} label={t('authority.addUnit')} id="add-unit">
            <h3>{t('authority.addUnit')}</h3>
            <TextField name="name" label={t('fields.unitName')} />
            <TextField name="nameEn" label={t('fields.nameEn')} optional />
            <Select
              name="parentId"
              label={t('fields.parent')}
              {...(authority.mayChange ? { empty: t('fields.top') } : {})}
              options={unitOptions(authority.units)}
            />
            <SubmitButton kind="quiet">{t('authority.addUnitSubmit')}</SubmitButton>
          </ActionForm>
        </Card>
        <Card title={t('authority.details')}>
          {!authority.mayChangeCodes && <p className="hint">{t('authority.codes')}</p>}
          {authority.mayChange ? (
            <ActionForm action={updateAuthorityAction.bind(null, organisationId)} label={t('authority.details')}>
              <AuthorityFields authority={authority} provinces={provinces} mayChangeCodes={authority.mayChangeCodes} />
              <SubmitButton>{t('authority.save')}</SubmitButton>
            </ActionForm>
          ) : (
            <Facts items={[{ label: t('fields.agencyCode'), value: authority.agencyCode }]} />
          )}
        </Card>
      </div>
    </>
  );
}
