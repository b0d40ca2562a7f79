import { getTranslations } from 'next-intl/server';
import { RecallTag } from '#app/_parts/drugs/recall-tag.tsx';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState, Notice, Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('recalls'))('mine.title') };
}

/** The batches one's facilities hold, and the recalls they have to answer. */
export default async function MyBatchesPage({ searchParams }: Props) {
  const { done } = await searchParams;
  const { facilities, reports, recalls } = await read((api) => api.drugs.ownBatches({}));
  const [t, all] = [await getTranslations('recalls'), await getTranslations()];
  return (
    <Page>
      <Breadcrumbs items={[{ href: '/my', label: all('dossiers.my.title') }, { label: t('mine.title') }]} />
      <PageTitle
        title={t('mine.title')}
        below={t('mine.intro')}
        actions={facilities.length > 0 && <LinkButton href="/my/batches/report">{t('mine.report')}</LinkButton>}
      />
      <div className="stack-l">
        {(done === 'reported' || done === 'recalled' || done === 'answered') && (
          <Notice tone={done === 'recalled' ? 'late' : 'ok'} status>
            {t(`mine.done.${done}`)}
          </Notice>
        )}
        {facilities.length === 0 && <Notice>{t('mine.noFacilities')}</Notice>}
        <section className="stack">
          <h2>{t('mine.recalls')}</h2>
          {recalls.length === 0 && <p className="hint">{t('mine.noRecalls')}</p>}
          {recalls.map(({ recall, holders }) => {
            const waiting = holders.some(({ answer }) => answer === null);
            return (
              <Card key={recall.id} title={recall.drug.name}>
                <p>
                  <RecallTag recall={recall} /> {waiting && <Tag tone="wait">{t('desk.waiting')}</Tag>}
                </p>
                <p>{t('mine.deadline', { day: formatDate(recall.deadline) })}</p>
                <p>
                  <LinkButton kind={waiting ? 'primary' : 'quiet'} href={`/my/batches/recalls/${recall.id}`}>
                    {t('mine.answer')}
                    <span className="hidden-text"> {recall.number}</span>
                  </LinkButton>
                </p>
              </Card>
            );
          })}
        </section>
        <section className="stack">
          <h2>{t('mine.reports')}</h2>
          <DataTable
            caption={t('mine.reports')}
            hideCaption
            empty={<EmptyState title={t('mine.none')}>{t('mine.noneHint')}</EmptyState>}
            columns={[
              { key: 'drug', label: t('mine.drug') },
              { key: 'batch', label: t('mine.batch') },
              { key: 'quantity', label: t('mine.quantity') },
              { key: 'received', label: t('mine.receivedOn') },
              { key: 'facility', label: t('mine.facility') },
              { key: 'act', label: t('mine.act') },
            ]}
            rows={reports.map((report) => ({
              id: report.reportId,
              cells: {
                drug: (
                  <>
                    <Link href={`/registers/drugs/${report.drug.id}`}>{report.drug.name}</Link>
                    <span className="hint">{report.drug.registrationNumber}</span>
                  </>
                ),
                batch: (
                  <>
                    {report.batch}
                    {report.recalls.map(({ id, number }) => (
                      <Tag key={id} tone="late">
                        {t('mine.recalled', { number })}
                      </Tag>
                    ))}
                  </>
                ),
                quantity: `${report.quantity} ${report.unit}`,
                received: <DateText value={report.receivedOn} />,
                facility: report.facility.name,
                act: (
                  <Link href={`/my/batches/report?corrects=${report.reportId}`}>
                    {t('mine.correct')}
                    <span className="hidden-text"> {report.batch}</span>
                  </Link>
                ),
              },
            }))}
          />
        </section>
      </div>
    </Page>
  );
}
