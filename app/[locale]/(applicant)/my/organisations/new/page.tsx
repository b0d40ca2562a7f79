import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { createBusinessAction } from '../actions.ts';
import { BusinessFields } from '../business-fields.tsx';
import { ProvinceForm } from '../province-form.tsx';

type Props = { searchParams: Promise<{ province?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations('identity.organisations'))('newTitle') };
}

/** Entering a business: first its province, then the rest. */
export default async function NewOrganisation({ searchParams }: Props) {
  const [t, fields, query] = await Promise.all([
    getTranslations('identity.organisations'),
    getTranslations('identity.fields'),
    searchParams,
  ]);
  // strangers sign in first
  await read((api) => api.identity.myOrganisations({}));
  const provinces = await read((api) => api.territory.provinces({}));
  const province = provinces.find((one) => one.code === query.province);
  const wards = province ? await read((api) => api.territory.wards({ provinceCode: province.code })) : [];
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('title'), href: '/my/organisations' }, { label: t('newTitle') }]} />
      <PageTitle title={t('newTitle')} below={t('newLead')} />
      {province ? (
        <div className="stack">
          <Facts items={[{ label: fields('province'), value: province.fullName }]} />
          <p>
            <Link href="/my/organisations/new">{t('otherProvince')}</Link>
          </p>
          <ActionForm action={createBusinessAction.bind(null, province.code)} label={t('newTitle')}>
            <TextField
              name="taxCode"
              label={fields('taxCode')}
              hint={fields('taxCodeHint')}
              width={20}
              spellCheck={false}
              autoComplete="off"
            />
            <BusinessFields wards={wards} />
            <SubmitButton>{t('save')}</SubmitButton>
          </ActionForm>
        </div>
      ) : (
        <ProvinceForm action="/my/organisations/new" provinces={provinces} />
      )}
    </Page>
  );
}
