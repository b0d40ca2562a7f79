import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { useFieldTexts } from './field-texts.tsx';

/** Field by field: what stands there, what would. */
export function ChangeTable(props: { register: string; changes: { name: string; before: string; after: string }[] }) {
  const t = useTranslations('registers');
  const { labelOf, textOf } = useFieldTexts(props.register);
  return (
    <DataTable
      caption={t('request.changes')}
      hideCaption
      empty={<p className="hint">{t('request.noChanges')}</p>}
      columns={[
        { key: 'field', label: t('request.field') },
        { key: 'before', label: t('request.before') },
        { key: 'after', label: t('request.after') },
      ]}
      rows={props.changes.map(({ name, before, after }) => ({
        id: name,
        cells: {
          field: labelOf(name),
          before: before ? <del>{textOf(name, before)}</del> : t('history.nothing'),
          after: after ? <ins>{textOf(name, after)}</ins> : t('history.nothing'),
        },
      }))}
    />
  );
}
