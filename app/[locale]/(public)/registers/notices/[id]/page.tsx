import { permanentRedirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { NoticeHolders } from '#app/_parts/equipment/notice-holders.tsx';
import { NoticeTag } from '#app/_parts/registers/notice-table.tsx';
import { read } from '#app/_server/caller.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';

type Props = { params: Promise<{ id: string }> };
const load = async (id: string) => read((api) => api.registers.entry({ register: 'notices', id }));

export async function generateMetadata({ params }: Props) {
  return { title: (await load((await params).id)).title };
}

/** One field-safety notice: what to do, with which devices and lots. */
export default async function NoticePage({ params }: Props) {
  const entry = await load((await params).id);
  if (entry.movedTo) permanentRedirect(localePath(await getLocale(), `/registers/notices/${entry.movedTo}`));
  const notice = await read((api) => api.devices.notice({ id: entry.id }));
  const holders = await read((api) => api.equipment.holders({ noticeId: notice.id }));
  const t = await getTranslations('notices');
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('list.title'), href: '/registers/notices' }, { label: notice.number }]} />
      <PageTitle
        title={notice.title}
        above={`${notice.number} · ${formatDate(notice.issuedOn)}`}
        below={
          <>
            <NoticeTag kind={notice.kind} /> {notice.demo && <Tag>{t('list.demo')}</Tag>}
          </>
        }
      />
      <div className="stack-l">
        {notice.closedOn && <Notice tone="info">{t('closed', { day: formatDate(notice.closedOn) })}</Notice>}
        <section className="stack prose">
          <h2>{t('detail.text')}</h2>
          {notice.text.split(/\n+/).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
        <section className="stack">
          <h2>{t('detail.models')}</h2>
          <DataTable
            caption={t('detail.models')}
            hideCaption
            columns={[
              { key: 'device', label: t('detail.device') },
              { key: 'lots', label: t('detail.lots') },
            ]}
            rows={notice.models.map(({ deviceId, name, maker, model, lots }) => ({
              id: deviceId,
              cells: {
                device: (
                  <>
                    <Link href={`/registers/devices/${deviceId}`}>
                      {name} {model}
                    </Link>
                    <span className="hint">{maker}</span>
                  </>
                ),
                lots: lots.length > 0 ? lots.join(', ') : t('detail.allLots'),
              },
            }))}
          />
        </section>
        <NoticeHolders holders={holders} />
        <p className="row">
          <Link href={`/registers/notices/${notice.id}/history`}>{t('detail.asOf')}</Link>
          <Link href={`/registers/notices/${notice.id}/suggest`}>{t('detail.suggest')}</Link>
        </p>
      </div>
    </Page>
  );
}
