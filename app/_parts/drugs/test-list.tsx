import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '#app/_ui/cards.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDateTime } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { TestView } from '#server/drugs/index.ts';

/** Samples that were examined, each with its tests and the recalls of its batch; `act`: what an official may do with one. */
export function TestList({ tests, act }: { tests: TestView[]; act?: (test: TestView) => ReactNode }) {
  const t = useTranslations('drugs.tests');
  if (tests.length === 0) return <p className="hint">{t('none')}</p>;
  return (
    <div className="stack">
      {tests.map((test) => (
        <TestCard key={test.id} test={test} act={act?.(test)} />
      ))}
    </div>
  );
}

function TestCard({ test, act }: { test: TestView; act: ReactNode }) {
  const t = useTranslations('drugs.tests');
  const demo = useTranslations('drugs.list')('demo');
  const outcome = (passed: boolean) => t(passed ? 'passed' : 'failed');
  return (
    <Card title={`${t('batch')} ${test.batch}`}>
      <p className="row">
        <Tag tone={test.passed ? 'ok' : 'late'}>{outcome(test.passed)}</Tag>
        {test.demo && <Tag>{demo}</Tag>}
        {test.recalls.length === 0 && !test.passed && <Tag tone="wait">{t('noRecall')}</Tag>}
      </p>
      {test.recalls.map(({ id, number }) => (
        <p key={id}>
          <Link href={`/registers/recalls/${id}`}>{t('recall', { number })}</Link>
        </p>
      ))}
      <Facts
        items={[
          { label: t('sample'), value: test.sampleNumber },
          { label: t('takenOn'), value: <DateText value={test.takenOn} /> },
          {
            label: t('takenAt'),
            value: test.facility ? (
              <Link href={`/registers/facilities/${test.facility.id}`}>{test.facility.name}</Link>
            ) : (
              test.takenAt
            ),
          },
          { label: t('laboratory'), value: test.laboratory },
          { label: t('method'), value: test.method },
          { label: t('standard'), value: test.standard },
          { label: t('certificate'), value: test.certificateNumber },
          { label: t('certificateOn'), value: <DateText value={test.certificateOn} /> },
        ]}
      />
      <DataTable
        caption={t('lines')}
        columns={[
          { key: 'name', label: t('test') },
          { key: 'requirement', label: t('requirement') },
          { key: 'result', label: t('result') },
          { key: 'outcome', label: t('outcome') },
        ]}
        rows={test.lines.map((line, index) => ({
          id: `${test.id}-${index}`,
          cells: {
            name: line.name,
            requirement: line.requirement ?? '–',
            result: line.result ?? '–',
            outcome: outcome(line.passed),
          },
        }))}
      />
      {test.earlier.map((was) => (
        <p className="hint" key={was.recordedAt.toISOString()}>
          {t('was', {
            at: formatDateTime(was.recordedAt),
            outcome: outcome(was.passed),
            certificate: was.certificateNumber,
          })}
        </p>
      ))}
      {act}
    </Card>
  );
}
