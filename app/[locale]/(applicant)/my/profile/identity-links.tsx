import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { unlinkAction } from './actions.ts';

interface IdentityLink {
  id: string;
  provider: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** What opens this account from another provider; each can be taken away. */
export function IdentityLinks({ links }: { links: IdentityLink[] }) {
  const t = useTranslations('identity.profile');
  return (
    <DataTable
      caption={t('links')}
      hideCaption
      columns={[
        { key: 'provider', label: t('linkProvider') },
        { key: 'since', label: t('linkSince') },
        { key: 'used', label: t('linkUsed') },
        { key: 'end', label: t('unlink') },
      ]}
      rows={links.map((link) => ({
        id: link.id,
        cells: {
          provider: link.provider,
          since: <DateText value={link.createdAt} time />,
          used: link.lastUsedAt ? <DateText value={link.lastUsedAt} time /> : null,
          end: (
            <ActionForm
              action={unlinkAction.bind(null, link.id)}
              label={t('unlinkOf', { provider: link.provider })}
              id={`unlink-${link.id}`}
              className="row"
            >
              <SubmitButton kind="quiet" small>
                {t('unlink')}
                <span className="hidden-text"> {link.provider}</span>
              </SubmitButton>
            </ActionForm>
          ),
        },
      }))}
    />
  );
}
