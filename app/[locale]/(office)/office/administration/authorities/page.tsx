import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { AdministrationTabs } from '../tabs.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('administration'))('authorities') };
}

/** The authorities of which one administers something. */
export default async function Authorities() {
  const t = await getTranslations('administration');
  const authorities = await read((api) => api.identity.authorities({}));
  const ministry = authorities.find((authority) => authority.provinceCode === null);
  return (
    <>
      <PageTitle
        title={t('authorities')}
        actions={
          ministry?.whole && <LinkButton href="/office/administration/authorities/new">{t('authority.add')}</LinkButton>
        }
      />
      <AdministrationTabs />
      <DataTable
        caption={t('authority.caption')}
        hideCaption
        columns={[
          { key: 'name', label: t('authority.name') },
          { key: 'code', label: t('authority.code') },
          { key: 'superior', label: t('fields.superiorName') },
        ]}
        rows={authorities.map((authority) => ({
          id: authority.id,
          cells: {
            name: <Link href={`/office/administration/authorities/${authority.id}`}>{authority.name}</Link>,
            code: authority.agencyCode,
            superior: authority.superiorName,
          },
        }))}
      />
    </>
  );
}
