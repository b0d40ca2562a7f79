import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select } from '#app/_ui/field.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Tag } from '#app/_ui/status.tsx';
import type { ImportView, RowView } from '#server/registers/index.ts';
import { rowDecisions } from '#server/registers/inputs.ts';
import { useFieldTexts } from '../field-texts.tsx';
import { outcomeTones } from './tones.ts';

type Shown = { sheet: ImportView; rows: RowView[]; decides: boolean };

/** Rows of a sheet with what would become of each. `decides`: the table stands in a form, and likely duplicates bear a choice. */
export function ImportRowTable({ sheet, rows, decides }: Shown) {
  const t = useTranslations('registers.imports');
  return (
    <DataTable
      caption={t('rows')}
      hideCaption
      empty={<p className="hint">{t('noRows')}</p>}
      columns={[
        { key: 'line', label: t('columns.line'), number: true },
        { key: 'state', label: t('columns.state') },
        { key: 'entry', label: t('columns.entry') },
        { key: 'what', label: t('columns.what') },
      ]}
      rows={rows.map((row) => ({
        id: String(row.line),
        late: row.outcome === 'bad' || row.left !== null,
        cells: {
          line: row.line,
          state: <Tag tone={outcomeTones[row.outcome]}>{t(`outcomes.${row.outcome}`)}</Tag>,
          entry:
            row.entryId && row.outcome !== 'duplicate' ? (
              <Link href={`/registers/${sheet.register}/${row.entryId}/history`}>{row.title}</Link>
            ) : (
              row.title
            ),
          what: <What sheet={sheet} row={row} decides={decides} />,
        },
      }))}
    />
  );
}

function What({ sheet, row, decides }: { sheet: ImportView; row: RowView; decides: boolean }) {
  const t = useTranslations('registers.imports');
  const say = useReasons();
  return (
    <div className="stack">
      {row.left && <p>{t('leftBecause', { why: say(row.left.reason, row.left.values) })}</p>}
      {row.outcome === 'bad' && <Errors sheet={sheet} row={row} />}
      {row.outcome === 'duplicate' && (
        <p>
          {t.rich('looksLike', {
            why: row.errors.map(({ reason, values }) => say(reason, values)).join('; '),
            link: (words) => <Link href={`/registers/${sheet.register}/${row.entryId}/history`}>{words}</Link>,
          })}
        </p>
      )}
      <Changes register={sheet.register} changes={row.changes} />
      {row.outcome === 'duplicate' && !decides && row.decision && <p>{t(`decisions.${row.decision}`)}</p>}
      {row.outcome === 'duplicate' && decides && (
        <Select
          name={`row.${row.line}`}
          label={
            <>
              <span aria-hidden="true">{t('decision')}</span>
              <span className="hidden-text">{t('decisionLabel', { line: row.line })}</span>
            </>
          }
          empty={t('decisions.open')}
          options={rowDecisions.map((value) => ({ value, label: t(`decisions.${value}`) }))}
          defaultValue={row.decision ?? ''}
        />
      )}
    </div>
  );
}

function Errors({ sheet, row }: { sheet: ImportView; row: RowView }) {
  const t = useTranslations('registers.imports');
  const say = useReasons();
  const { labelOf, optionOf } = useFieldTexts(sheet.register);
  // what may stand there is said in the words that are read
  const choiceOf = (path: string): string | null => {
    const options = sheet.fields.find(({ name }) => name === path.split('.')[0])?.options;
    return options
      ? t('choiceOf', { options: options.map((each) => optionOf(path.split('.')[0]!, each)).join('; ') })
      : null;
  };
  return (
    <ul>
      {row.errors.map(({ path, heading, value, reason, values }) => {
        const remedy = (reason === 'errors.field.choice' && choiceOf(path)) || say(reason, values);
        const column = heading ?? (path && path !== 'entryId' ? labelOf(path.split('.')[0]!) : null);
        return (
          <li key={`${path} ${reason}`}>{column ? t('lineError', { heading: column, value, remedy }) : remedy}</li>
        );
      })}
    </ul>
  );
}

function Changes({ register, changes }: { register: string; changes: RowView['changes'] }) {
  const t = useTranslations('registers.imports');
  const { labelOf, textOf } = useFieldTexts(register);
  if (changes.length === 0) return null;
  return (
    <ul>
      {changes.map(({ name, before, after }) => (
        <li key={name}>
          {t.rich('fieldChange', {
            field: labelOf(name),
            before: () => (before ? <del>{textOf(name, before)}</del> : t('nothing')),
            after: () => (after ? <ins>{textOf(name, after)}</ins> : t('nothing')),
          })}
        </li>
      ))}
    </ul>
  );
}

/** Says the sentence of a reason that came with data; one without a sentence stays as it is. */
export function useReasons() {
  const t = useTranslations();
  return (reason: string, values: Record<string, string | number> = {}): string =>
    t.has(reason as never) ? t(reason as never, values as never) : reason;
}
