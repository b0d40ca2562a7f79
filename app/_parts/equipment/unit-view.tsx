import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { UnitDetail } from '#server/equipment/index.ts';
import { DueText } from './due-text.tsx';
import { RecordForms } from './record-forms.tsx';
import { UnitTag } from './unit-table.tsx';

/** One machine: what it is, what is due, everything that was recorded, and what may be recorded now. */
export function UnitPart({ unit }: { unit: UnitDetail }) {
  const t = useTranslations('equipment');
  const facts = [
    { label: t('unit.device'), value: <Link href={`/registers/devices/${unit.device.id}`}>{unit.device.name}</Link> },
    { label: t('unit.type'), value: unit.device.type },
    { label: t('unit.maker'), value: `${unit.device.maker} ${unit.device.model}` },
    { label: t('unit.serial'), value: unit.serial },
    ...(unit.lot ? [{ label: t('unit.lot'), value: unit.lot }] : []),
    ...(unit.udi ? [{ label: t('unit.udi'), value: unit.udi }] : []),
    ...(unit.expiresOn ? [{ label: t('unit.expiresOn'), value: <DateText value={unit.expiresOn} /> }] : []),
    { label: t('unit.installedOn'), value: <DateText value={unit.installedOn} /> },
    { label: t('unit.calibration'), value: <DueText plan={unit.calibration} /> },
    { label: t('unit.inspection'), value: <DueText plan={unit.inspection} /> },
  ];
  return (
    <div className="columns">
      <div className="stack-l">
        {unit.mayRecord && <RecordForms unit={unit} />}
        <section className="stack">
          <h2>{t('unit.log')}</h2>
          <p className="hint">{t('unit.logIntro')}</p>
          <DataTable
            caption={t('unit.log')}
            hideCaption
            columns={[
              { key: 'since', label: t('unit.since') },
              { key: 'status', label: t('list.status') },
              { key: 'note', label: t('unit.note') },
              { key: 'recorded', label: t('unit.recorded') },
            ]}
            rows={unit.log.map((line) => ({
              id: String(line.id),
              cells: {
                since: <DateText value={line.since} />,
                status: <UnitTag status={line.status} />,
                note: line.note ?? '–',
                recorded: <DateText value={line.recordedAt} time />,
              },
            }))}
          />
        </section>
        <section className="stack">
          <h2>{t('unit.checks')}</h2>
          <DataTable
            caption={t('unit.checks')}
            hideCaption
            empty={<p className="hint">{t('unit.noChecks')}</p>}
            columns={[
              { key: 'done', label: t('unit.doneOn') },
              { key: 'kind', label: t('unit.kind') },
              { key: 'outcome', label: t('unit.outcome') },
              { key: 'by', label: t('unit.doneBy') },
            ]}
            rows={unit.checks.map((check) => ({
              id: String(check.id),
              cells: {
                done: <DateText value={check.doneOn} />,
                kind: t(`kinds.${check.kind}`),
                outcome: t(check.passed ? 'unit.passed' : 'unit.failed'),
                by: [check.doneBy, check.certificate].filter(Boolean).join(', '),
              },
            }))}
          />
        </section>
      </div>
      <aside className="stack">
        <Facts items={facts} />
      </aside>
    </div>
  );
}
