import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { EntryHistory } from '#server/registers/index.ts';
import { DecisionLink } from './decision-link.tsx';
import { useFieldTexts } from './field-texts.tsx';

/** Every version that was recorded of an entry: from when it holds, when it was recorded, by which decision, what differs. */
export function VersionHistory({ entry, links }: { entry: EntryHistory; links: Record<string, string> }) {
  const t = useTranslations('registers');
  const { labelOf, textOf } = useFieldTexts(entry.register);
  const rows = entry.history.map((line) => ({
    id: String(line.id),
    cells: {
      holds: (
        <>
          <DateText value={line.validFrom} />
          {line.validTo && (
            <>
              {' – '}
              <DateText value={line.validTo} />
            </>
          )}
        </>
      ),
      recorded: <DateText value={line.recordedAt} time />,
      what: (
        <>
          {t(`actions.${line.action}` as 'actions.changed')}
          {line.ofEntry !== null && <span className="hint"> {t('history.ofMerged', { title: line.ofEntry })}</span>}
        </>
      ),
      decision: (
        <DecisionLink
          number={line.decisionNumber ?? t('history.noDecision')}
          documentId={line.documentId}
          links={links}
        />
      ),
      changes:
        line.changes.length === 0
          ? '–'
          : line.changes.map(({ name, before, after }) => (
              <p key={name}>
                <strong>{labelOf(name)}</strong>: {textOf(name, before) || t('history.nothing')} →{' '}
                {textOf(name, after) || t('history.nothing')}
              </p>
            )),
    },
  }));
  return (
    <DataTable
      caption={t('history.title')}
      hideCaption
      columns={[
        { key: 'holds', label: t('history.holds') },
        { key: 'recorded', label: t('history.recorded') },
        { key: 'what', label: t('history.what') },
        { key: 'changes', label: t('history.changes') },
        { key: 'decision', label: t('history.decision') },
      ]}
      rows={rows}
    />
  );
}
