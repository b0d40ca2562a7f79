import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { HistoryLine } from '#server/facilities/index.ts';

/** What changed, when, by which decision; `reasons` only where officials read. */
export function HistoryTable({ history, reasons }: { history: HistoryLine[]; reasons?: Record<number, string> }) {
  const t = useTranslations('facilities');
  const rows = history.map((line) => ({
    id: String(line.id),
    cells: {
      when: <DateText value={line.validFrom} />,
      what: t(`actions.${line.action}` as 'actions.registered'),
      decision: line.decisionNumber ?? line.licenceNumber ?? t('detail.noDecision'),
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
