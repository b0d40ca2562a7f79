import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { DrugRecall, RecallView } from '#server/drugs/index.ts';
import { RecallState } from './recall-tag.tsx';

/** Recalls, each leading to its page; `base` is where those pages are. Beside one drug its column is left out. */
export function RecallTable(props: {
  recalls: (DrugRecall & Partial<Pick<RecallView, 'drug'>>)[];
  base: string;
  empty: ReactNode;
  ofOne?: boolean;
}) {
  const t = useTranslations('recalls');
  return (
    <DataTable
      caption={t('list.title')}
      hideCaption
      empty={props.empty}
      columns={[
        { key: 'number', label: t('list.number') },
        ...(props.ofOne ? [] : [{ key: 'drug', label: t('list.drug') }]),
        { key: 'batches', label: t('list.batches') },
        { key: 'level', label: t('list.level') },
        { key: 'deadline', label: t('list.deadline') },
        { key: 'state', label: t('list.state') },
      ]}
      rows={props.recalls.map((recall) => ({
        id: recall.id,
        cells: {
          number: (
            <>
              <Link href={`${props.base}/${recall.id}`}>{recall.number}</Link>
              <span className="hint">
                <DateText value={recall.issuedOn} />
              </span>
              {recall.demo && <Tag>{t('list.demo')}</Tag>}
            </>
          ),
          drug: recall.drug && (
            <>
              <Link href={`/registers/drugs/${recall.drug.id}`}>{recall.drug.name}</Link>
              <span className="hint">{recall.drug.registrationNumber}</span>
            </>
          ),
          batches: recall.batches.length === 0 ? t('list.allBatches') : recall.batches.join(', '),
          level: t(`level.${recall.level}`),
          deadline: <DateText value={recall.deadline} />,
          state: <RecallState state={recall.state} />,
        },
      }))}
    />
  );
}
