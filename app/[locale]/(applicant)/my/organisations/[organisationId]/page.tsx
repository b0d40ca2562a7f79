import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Details, Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { formatTaxCode } from '#server/identity/rules.ts';
import { addRepresentativeAction, updateBusinessAction } from '../actions.ts';
import { BusinessFields } from '../business-fields.tsx';
import { People } from '../people.tsx';
import { ProvinceForm } from '../province-form.tsx';

type Props = {
  params: Promise<{ organisationId: string }>;
  searchParams: Promise<{ notice?: string; province?: string | string[] }>;
};
const notices = ['saved', 'added', 'removed'] as const;

export async function generateMetadata({ params }: Props) {
  const { organisationId } = await params;
  return { title: (await read((api) => api.identity.myOrganisation({ organisationId }))).name };
}

/** A business with who acts for it; its owners change both. */
export default async function Organisation({ params, searchParams }: Props) {
  const [t, fields, webhooks, { organisationId }, query] = await Promise.all([
    getTranslations('identity.organisations'),
    getTranslations('identity.fields'),
    getTranslations('exchange.webhooks'),
    params,
    searchParams,
  ]);
  const business = await read((api) => api.identity.myOrganisation({ organisationId }));
  const provinces = await read((api) => api.territory.provinces({}));
  const province = provinces.find((one) => one.code === (query.province ?? business.provinceCode)) ?? provinces[0]!;
  const wards = await read((api) => api.territory.wards({ provinceCode: province.code }));
  const ward = wards.find((one) => one.code === business.wardCode);
  const notice = notices.find((one) => one === query.notice);
  const owner = business.part === 'owner';
  const href = `/my/organisations/${organisationId}`;
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('title'), href: '/my/organisations' }, { label: business.name }]} />
      <PageTitle title={business.name} below={t('taxCode', { code: formatTaxCode(business.taxCode ?? '') })} />
      <div className="stack">
        {notice && (
          <Notice tone="ok" status>
            <p>{t(notice)}</p>
          </Notice>
        )}
        <Card title={t('details')}>
          {owner ? (
            <>
              <Details summary={`${fields('province')}: ${province.fullName}`}>
                <ProvinceForm action={href} provinces={provinces} chosen={province.code} />
              </Details>
              <ActionForm action={updateBusinessAction.bind(null, organisationId, province.code)} label={t('details')}>
                <BusinessFields business={business} wards={wards} />
                <SubmitButton>{t('save')}</SubmitButton>
              </ActionForm>
            </>
          ) : (
            <Facts
              items={[
                { label: fields('representativeName'), value: business.representativeName ?? '' },
                {
                  label: fields('address'),
                  value: [business.address, ward?.fullName, province.fullName].filter(Boolean).join(', '),
                },
              ]}
            />
          )}
        </Card>
        <Card title={t('people')}>
          <People organisationId={organisationId} people={business.people} owner={owner} />
          {owner && (
            <ActionForm
              action={addRepresentativeAction.bind(null, organisationId)}
              label={t('addPerson')}
              id="add-person"
            >
              <h3>{t('addPerson')}</h3>
              <TextField
                name="email"
                type="email"
                label={fields('email')}
                hint={t('addPersonLead')}
                autoComplete="off"
                spellCheck={false}
              />
              <SubmitButton kind="quiet">{t('addPersonSubmit')}</SubmitButton>
            </ActionForm>
          )}
        </Card>
        <p>
          <Link href={`${href}/webhooks`}>{webhooks('ofBusiness')}</Link>
        </p>
      </div>
    </Page>
  );
}
