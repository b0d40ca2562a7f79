import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { FacilityFacts } from '#app/_parts/registers/facility-facts.tsx';
import { HistoryTable } from '#app/_parts/registers/history-table.tsx';
import { LicenceFacts } from '#app/_parts/registers/licence-card.tsx';
import { officeFacility, registerEntry } from '#app/_server/registers.ts';
import { verifyLinks } from '#app/_server/verify-links.ts';
import { Card } from '#app/_ui/cards.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { LicenceActions } from './licence-actions.tsx';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ done?: string | string[] }> };

export async function generateMetadata({ params }: Props) {
  return { title: (await officeFacility((await params).id)).name };
}

export default async function OfficeFacilityPage({ params, searchParams }: Props) {
  const { done } = await searchParams;
  const { id } = await params;
  const { movedTo } = await registerEntry('facilities', id);
  if (movedTo) redirect(localePath(await getLocale(), `/office/registers/facilities/${movedTo}`));
  const facility = await officeFacility(id);
  const [t, e] = [await getTranslations('facilities'), await getTranslations('equipment.officeLinks')];
  const links = await verifyLinks([...facility.licences, ...facility.history].map(({ documentId }) => documentId));
  const mayAct = Object.values(facility.actions).some((actions) => actions.length > 0);
  return (
    <>
      <Breadcrumbs
        items={[{ label: t('office.title'), href: '/office/registers/facilities' }, { label: facility.name }]}
      />
      <PageTitle
        title={facility.name}
        above={facility.code}
        below={
          <>
            <Link href={`/registers/facilities/${facility.id}`}>{t('office.publicPage')}</Link>{' '}
            <Link href={`/office/registers/facilities/${facility.id}/change`}>{t('office.propose')}</Link>{' '}
            <Link href={`/office/equipment?facility=${facility.id}`}>{e('list')}</Link>{' '}
            <Link href={`/office/equipment/new/${facility.id}`}>{e('add')}</Link>
          </>
        }
      />
      {(done === 'suspend' || done === 'lift' || done === 'revoke') && (
        <Notice tone="ok" status>
          {t(`office.done.${done}`)}
        </Notice>
      )}
      <div className="columns">
        <div className="stack-l">
          <FacilityFacts facility={facility} />
          <section className="stack">
            <h2>{t('detail.history')}</h2>
            <HistoryTable history={facility.history} links={links} reasons={facility.reasons} />
          </section>
          {!mayAct && <p className="hint">{t('office.noActions')}</p>}
          {facility.licences.map((licence) => (
            <LicenceActions key={licence.id} licence={licence} actions={facility.actions[licence.id] ?? []} />
          ))}
        </div>
        <aside className="stack">
          {facility.licences.map((licence, index) => (
            <Card key={licence.id} title={t(index === 0 ? 'detail.licence' : 'detail.earlier')}>
              <LicenceFacts licence={licence} links={links} />
            </Card>
          ))}
        </aside>
      </div>
    </>
  );
}
