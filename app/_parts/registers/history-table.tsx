import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { HistoryLine } from '#server/facilities/index.ts';
import { DecisionLink } from './decision-link.tsx';

/** What changed, when, by which decision, with the way to it (`links`); `reasons` only where officials read. */
export function HistoryTable(props: {
  history: HistoryLine[];
  links: Record<string, string>;
  reasons?: Record<number, string>;
}) {
  const { history, links, reasons } = props;
  const t = useTranslations('facilities');
  const rows = history.map((line) => ({
    id: String(line.id),
    cells: {
      when: <DateText value={line.validFrom} />,
      what: t(`actions.${line.action}` as 'actions.registered'),
      decision: (
        <DecisionLink
          number={line.decisionNumber ?? line.licenceNumber ?? t('detail.noDecision')}
          documentId={line.documentId}
          links={links}
        />
      ),
      reason: reasons?.[line.id] ?? '',
    },
  }));
  return (
    <DataTable
      caption={t('detail.history')}
      hideCaption
      columns={[
        { key: 'when', label: t('detail.when') },
        { key: 'what', label: t('detail.what') },
        { key: 'decision', label: t('detail.decision') },
        ...(reasons ? [{ key: 'reason', label: t('office.reason') }] : []),
      ]}
      rows={rows}
    />
  );
}
