import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { HeldBatch, Holder } from '#server/drugs/index.ts';

/** The batches a facility reported, one a line. */
export function HeldBatches({ batches }: { batches: HeldBatch[] }) {
  const t = useTranslations('recalls.desk');
  return batches.map(({ reportId, batch, quantity, unit, receivedOn }) => (
    <p key={reportId}>
      <strong>{batch}</strong>: {t('quantity', { quantity, unit, day: formatDate(receivedOn) })}
    </p>
  ));
}

/** Who holds what is recalled, and what each has done; those who have not answered stand first. */
export function HolderTable({ holders }: { holders: Holder[] }) {
  const t = useTranslations('recalls.desk');
  return (
    <DataTable
      caption={t('holders')}
      hideCaption
      empty={<p className="hint">{t('noHolders')}</p>}
      columns={[
        { key: 'facility', label: t('facility') },
        { key: 'batches', label: t('batches') },
        { key: 'quarantined', label: t('quarantined') },
        { key: 'returned', label: t('returned') },
        { key: 'answer', label: t('answer') },
      ]}
      rows={holders.map(({ facility, batches, answer, late }) => ({
        id: facility.id,
        cells: {
          facility: (
            <>
              <Link href={`/registers/facilities/${facility.id}`}>{facility.name}</Link>
              <span className="hint">{facility.code}</span>
            </>
          ),
          batches: <HeldBatches batches={batches} />,
          quarantined: answer?.quarantined ?? '–',
          returned: answer?.returned ?? '–',
          answer: answer ? (
            <>
              <DateText value={answer.at} time />
              {answer.note && <span className="hint">{answer.note}</span>}
            </>
          ) : (
            <Tag tone={late ? 'late' : 'wait'}>{t(late ? 'late' : 'waiting')}</Tag>
          ),
        },
      }))}
    />
  );
}
