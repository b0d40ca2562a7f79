import { getTranslations } from 'next-intl/server';
import { LicenceTag } from '#app/_parts/registers/licence-tag.tsx';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { startRenewal } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('facilities.mine'))('title') };
}

/** The licences one holds, what ends first on top, each with the way to renew it. */
export default async function MyLicences() {
  const [t, all, licences] = await Promise.all([
    getTranslations('facilities.mine'),
    getTranslations(),
    read((api) => api.facilities.mine({})),
  ]);
  return (
    <Page>
      <Breadcrumbs items={[{ href: '/my', label: all('dossiers.my.title') }, { label: t('title') }]} />
      <PageTitle title={t('title')} below={t('intro')} />
      <DataTable
        caption={t('title')}
        hideCaption
        empty={<EmptyState title={t('empty')} />}
        columns={[
          { key: 'facility', label: t('facility') },
          { key: 'number', label: t('number') },
          { key: 'status', label: t('status') },
          { key: 'validTo', label: t('validTo') },
          { key: 'renewal', label: t('renewal') },
        ]}
        rows={licences.map((licence) => ({
          id: licence.id,
          cells: {
            facility: <Link href={`/registers/facilities/${licence.facility.id}`}>{licence.facility.name}</Link>,
            number: licence.number,
            status: <LicenceTag status={licence.status} />,
            validTo: licence.validTo ? <DateText value={licence.validTo} /> : t('unlimited'),
            renewal: licence.hindrance ? (
              <span className="hint">{all(`facilities.errors.renew.${licence.hindrance}`)}</span>
            ) : (
              <ActionForm
                action={startRenewal.bind(null, licence.id)}
                className=""
                label={t('renewOf', { number: licence.number })}
              >
                <SubmitButton small>{t('renew')}</SubmitButton>
              </ActionForm>
            ),
          },
        }))}
      />
    </Page>
  );
}
