import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { RequestLine } from '#server/registers/index.ts';

export const requestTones: Record<RequestLine['state'], Tone> = {
  proposed: 'wait',
  approved: 'ok',
  rejected: 'late',
  withdrawn: 'plain',
};

/** Proposed changes, each leading to its page. */
export function RequestTable({ requests }: { requests: RequestLine[] }) {
  const t = useTranslations('registers');
  return (
    <DataTable
      caption={t('desk.requests')}
      hideCaption
      empty={<p className="hint">{t('desk.noRequests')}</p>}
      columns={[
        { key: 'number', label: t('desk.number') },
        { key: 'what', label: t('desk.what') },
        { key: 'by', label: t('desk.by') },
        { key: 'at', label: t('desk.at') },
        { key: 'state', label: t('desk.state') },
      ]}
      rows={requests.map((request) => ({
        id: request.id,
        cells: {
          number: <Link href={`/office/registers/requests/${request.id}`}>{request.number}</Link>,
          what: `${t(`kinds.${request.kind}`)}: ${request.title}`,
          by: request.proposedBy,
          at: <DateText value={request.proposedAt} time />,
          state: <Tag tone={requestTones[request.state]}>{t(`states.${request.state}`)}</Tag>,
        },
      }))}
    />
  );
}
