import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDateTime } from '#app/_ui/format.ts';
import { Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { endSessionAction } from './actions.ts';

interface Session {
  id: string;
  device: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  current: boolean;
}

/** Where one is signed in; each session but this one can be ended here. */
export function Sessions({ sessions }: { sessions: Session[] }) {
  const t = useTranslations('identity.profile');
  return (
    <DataTable
      caption={t('sessions')}
      hideCaption
      columns={[
        { key: 'device', label: t('device') },
        { key: 'since', label: t('since') },
        { key: 'lastSeen', label: t('lastSeen') },
        { key: 'end', label: t('end') },
      ]}
      rows={sessions.map((session) => {
        const device = session.device ?? t('unknownDevice');
        return {
          id: session.id,
          cells: {
            device,
            since: <DateText value={session.createdAt} time />,
            lastSeen: <DateText value={session.lastSeenAt} time />,
            end: session.current ? (
              <Tag tone="info">{t('current')}</Tag>
            ) : (
              // without a name, or two sessions of one minute would make two landmarks of one name; the button says which
              <ActionForm action={endSessionAction.bind(null, session.id)} className="row">
                <SubmitButton kind="quiet" small>
                  {t('end')}
                  <span className="hidden-text">
                    {' '}
                    {device}, {formatDateTime(session.createdAt)}
                  </span>
                </SubmitButton>
              </ActionForm>
            ),
          },
        };
      })}
    />
  );
}
