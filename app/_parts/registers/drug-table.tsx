import { useTranslations } from 'next-intl';
import { RecallTag } from '#app/_parts/drugs/recall-tag.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { DrugView } from '#server/drugs/index.ts';

const tones: Record<DrugView['status'], Tone> = { inForce: 'ok', expired: 'late', withdrawn: 'late' };

export function DrugTag({ status }: { status: DrugView['status'] }) {
  const t = useTranslations('drugs.status');
  return <Tag tone={tones[status]}>{t(status)}</Tag>;
}

/** A page of the register of drugs; `base` is where the pages of its drugs are. */
export function DrugTable({ drugs, base = '/registers/drugs' }: { drugs: DrugView[]; base?: string }) {
  const t = useTranslations('drugs');
  return (
    <DataTable
      caption={t('list.title')}
      hideCaption
      empty={<EmptyState title={t('list.none')}>{t('list.noneHint')}</EmptyState>}
      columns={[
        { key: 'name', label: t('list.name') },
        { key: 'number', label: t('list.number') },
        { key: 'ingredients', label: t('list.ingredients') },
        { key: 'holder', label: t('list.holder') },
        { key: 'status', label: t('list.status') },
      ]}
      rows={drugs.map((drug) => ({
        id: drug.id,
        cells: {
          name: (
            <>
              <Link href={`${base}/${drug.id}`}>{drug.name}</Link>
              <span className="hint">{t(`prescription.${drug.prescription}`)}</span>
              {drug.demo && <Tag>{t('list.demo')}</Tag>}
            </>
          ),
          number: drug.registrationNumber,
          ingredients: drug.ingredients
            .map(({ name, strength }) => [name, strength].filter(Boolean).join(' '))
            .join('; '),
          holder: drug.registrant ?? '–',
          status: (
            <>
              <DrugTag status={drug.status} />
              {drug.recalls
                .filter(({ state }) => state === 'running')
                .map((recall) => (
                  <p key={recall.id}>
                    <RecallTag recall={recall} />
                  </p>
                ))}
            </>
          ),
        },
      }))}
    />
  );
}
