import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { ProgressBar, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { FormAction, Tone } from '#app/_ui/types.ts';
import type { ExportLine } from '#server/registers/index.ts';

const tones: Record<ExportLine['state'], Tone> = {
  waiting: 'wait',
  writing: 'wait',
  ready: 'ok',
  failed: 'late',
  expired: 'plain',
  cancelled: 'plain',
};

/** The files somebody asked for; those that are ready may be fetched, those that are being made cancelled. */
export function ExportTable({ exports, cancel }: { exports: ExportLine[]; cancel: (id: string) => FormAction }) {
  const t = useTranslations('registers');
  return (
    <DataTable
      caption={t('exports.list')}
      hideCaption
      empty={<p className="hint">{t('exports.none')}</p>}
      columns={[
        { key: 'file', label: t('exports.columns.file') },
        { key: 'of', label: t('exports.columns.of') },
        { key: 'at', label: t('exports.columns.at') },
        { key: 'state', label: t('exports.columns.state') },
        { key: 'until', label: t('exports.columns.until') },
        { key: 'actions', label: t('exports.columns.actions') },
      ]}
      rows={exports.map((each) => ({
        id: each.id,
        cells: {
          file: (
            <>
              {t(`names.${each.register}` as 'names.drugs')}, {t(`exports.formats.${each.format}`)}
              {each.fileId && (
                <>
                  {' '}
                  <a href={`/api/files/${each.fileId}`}>{t('exports.download')}</a>
                </>
              )}
            </>
          ),
          of: (
            <>
              {Object.values(each.criteria).join(' · ') || t('exports.whole')},{' '}
              {each.on ? <DateText value={each.on} /> : t('exports.present')}
            </>
          ),
          at: <DateText value={each.createdAt} time />,
          state:
            each.state === 'writing' && each.total ? (
              <ProgressBar label={t('exports.progress')} value={each.done} max={each.total} />
            ) : (
              <Tag tone={tones[each.state]}>{t(`exports.states.${each.state}`)}</Tag>
            ),
          until: each.expiresAt ? <DateText value={each.expiresAt} /> : '',
          actions: (each.state === 'waiting' || each.state === 'writing') && (
            <ActionForm action={cancel(each.id)} id={`cancel-${each.id}`} label={t('exports.cancel')}>
              <SubmitButton kind="quiet">{t('exports.cancel')}</SubmitButton>
            </ActionForm>
          ),
        },
      }))}
    />
  );
}
