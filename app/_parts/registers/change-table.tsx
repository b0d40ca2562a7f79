import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { useFieldTexts } from './field-texts.tsx';

interface Props {
  register: string;
  changes: { name: string; before: string; after: string }[];
  /** two entries that are to be one stand side by side: nothing of either is taken back */
  merge?: boolean;
}

/** Field by field: what stands there, what would. */
export function ChangeTable(props: Props) {
  const t = useTranslations('registers');
  const { labelOf, textOf } = useFieldTexts(props.register);
  const [Before, After] = props.merge ? (['span', 'span'] as const) : (['del', 'ins'] as const);
  return (
    <DataTable
      caption={t(props.merge ? 'request.mergeChanges' : 'request.changes')}
      hideCaption
      empty={<p className="hint">{t('request.noChanges')}</p>}
      columns={[
        { key: 'field', label: t('request.field') },
        { key: 'before', label: t(props.merge ? 'request.gone' : 'request.before') },
        { key: 'after', label: t(props.merge ? 'request.stays' : 'request.after') },
      ]}
      rows={props.changes.map(({ name, before, after }) => ({
        id: name,
        cells: {
          field: labelOf(name),
          before: before ? <Before>{textOf(name, before)}</Before> : t('history.nothing'),
          after: after ? <After>{textOf(name, after)}</After> : t('history.nothing'),
        },
      }))}
    />
  );
}
