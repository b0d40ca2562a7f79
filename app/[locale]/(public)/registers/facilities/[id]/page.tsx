import { permanentRedirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { WorkingEquipment } from '#app/_parts/equipment/working-equipment.tsx';
import { FacilityFacts } from '#app/_parts/registers/facility-facts.tsx';
import { HistoryTable } from '#app/_parts/registers/history-table.tsx';
import { LicenceFacts } from '#app/_parts/registers/licence-card.tsx';
import { LicenceTag } from '#app/_parts/registers/licence-tag.tsx';
import { LicensedStaff } from '#app/_parts/registers/licensed-staff.tsx';
import { OpenText } from '#app/_parts/registers/open-text.tsx';
import { OpeningTable } from '#app/_parts/registers/opening-table.tsx';
import { read } from '#app/_server/caller.ts';
import { publicFacility, registerEntry } from '#app/_server/registers.ts';
import { verifyLinks } from '#app/_server/verify-links.ts';
import { Card } from '#app/_ui/cards.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { weekdayOf } from '#server/facilities/rules.ts';
import { now } from '#server/platform/clock.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  return { title: (await publicFacility((await params).id)).name };
}

export default async function FacilityPage({ params }: Props) {
  const { id } = await params;
  const { movedTo } = await registerEntry('facilities', id);
  if (movedTo) permanentRedirect(localePath(await getLocale(), `/registers/facilities/${movedTo}`));
  const facility = await publicFacility(id);
  const t = await getTranslations('facilities');
  const links = await verifyLinks([...facility.licences, ...facility.history].map(({ documentId }) => documentId));
  const equipment = await read((api) => api.equipment.ofFacility({ facilityId: facility.id }));
  const [latest, ...earlier] = facility.licences;
  const today = weekdayOf(now());
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('list.title'), href: '/registers/facilities' }, { label: facility.name }]} />
      <PageTitle
        title={facility.name}
        below={
          <>
            <LicenceTag status={latest?.status ?? null} /> {facility.demo && <Tag>{t('list.demo')}</Tag>}
          </>
        }
      />
      <div className="columns">
        <div className="stack-l">
          {facility.closedOn && (
            <Notice tone="late">{t('detail.closed', { date: formatDate(facility.closedOn) })}</Notice>
          )}
          {latest && latest.status !== 'inForce' && <Notice tone="late">{t('detail.notInForce')}</Notice>}
          <FacilityFacts facility={facility} />
          <section className="stack">
            <h2>{t('detail.hours')}</h2>
            {facility.open && (
              <p>
                <OpenText state={facility.open} />
              </p>
            )}
            {facility.openingHours ? (
              <OpeningTable hours={facility.openingHours} today={today} />
            ) : (
              <p className="hint">{t('open.unknown')}</p>
            )}
          </section>
          <LicensedStaff staff={facility.staff} />
          <WorkingEquipment equipment={equipment} />
          <section className="stack">
            <h2>{t('detail.history')}</h2>
            <p>{t('detail.historyIntro')}</p>
            <HistoryTable history={facility.history} links={links} />
            <p>
              <Link href={`/registers/facilities/${facility.id}/history`}>{t('detail.asOf')}</Link>
            </p>
          </section>
        </div>
        <aside className="stack">
          {latest && (
            <Card title={t('detail.licence')}>
              <LicenceFacts licence={latest} links={links} />
            </Card>
          )}
          {earlier.length > 0 && (
            <Card title={t('detail.earlier')}>
              {earlier.map((licence) => (
                <LicenceFacts key={licence.id} licence={licence} links={links} />
              ))}
            </Card>
          )}
          <p>
            <Link href={`/registers/facilities/${facility.id}/suggest`}>{t('detail.suggest')}</Link>
          </p>
        </aside>
      </div>
    </Page>
  );
}
