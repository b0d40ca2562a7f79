import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { NoticeView } from '#server/devices/index.ts';

/** What a notice asks for; a recall is the gravest. */
export function NoticeTag({ kind }: { kind: NoticeView['kind'] }) {
  const t = useTranslations('notices.kinds');
  return <Tag tone={kind === 'recall' ? 'late' : 'wait'}>{t(kind)}</Tag>;
}

/** The devices of a notice in a few words. */
export const modelsOf = ({ models }: NoticeView): string =>
  models.map(({ name, model }) => `${name} ${model}`).join('; ');

/** A page of field-safety notices; `base` is where their pages are. */
export function NoticeTable({ notices, base = '/registers/notices' }: { notices: NoticeView[]; base?: string }) {
  const t = useTranslations('notices');
  return (
    <DataTable
      caption={t('list.title')}
      hideCaption
      empty={<EmptyState title={t('list.none')}>{t('list.noneHint')}</EmptyState>}
      columns={[
        { key: 'notice', label: t('list.notice') },
        { key: 'kind', label: t('list.kind') },
        { key: 'models', label: t('list.models') },
        { key: 'issuedOn', label: t('list.issuedOn') },
      ]}
      rows={notices.map((notice) => ({
        id: notice.id,
        cells: {
          notice: (
            <>
              <Link href={`${base}/${notice.id}`}>{notice.title}</Link>
              <span className="hint">{notice.number}</span>
              {notice.demo && <Tag>{t('list.demo')}</Tag>}
            </>
          ),
          kind: <NoticeTag kind={notice.kind} />,
          models: modelsOf(notice),
          issuedOn: <DateText value={notice.issuedOn} />,
        },
      }))}
    />
  );
}
