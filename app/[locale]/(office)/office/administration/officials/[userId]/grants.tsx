import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { revokeGrantAction } from '../../actions.ts';

interface Grant {
  id: string;
  role: string;
  organisationName: string;
  unitName: string | null;
  provinceName: string | null;
  mayRevoke: boolean;
}

/** The roles somebody holds, each with where it holds. */
export function Grants({ userId, grants, mayGrant }: { userId: string; grants: Grant[]; mayGrant: boolean }) {
  const t = useTranslations('administration');
  const roles = useTranslations('identity.roles');
  return (
    <DataTable
      caption={t('official.grants')}
      hideCaption
      empty={<p>{t('official.noGrants')}</p>}
      columns={[
        { key: 'role', label: t('fields.role') },
        { key: 'scope', label: t('official.scope') },
        { key: 'revoke', label: t('official.revoke') },
      ]}
      rows={grants.map((grant) => {
        const role = roles(grant.role as never);
        const place = [grant.unitName, grant.organisationName, grant.provinceName].filter(Boolean).join(', ');
        return {
          id: grant.id,
          cells: {
            role,
            scope: place,
            revoke: mayGrant && grant.mayRevoke && (
              <ActionForm
                action={revokeGrantAction.bind(null, userId, grant.id)}
                label={t('official.revokeOf', { role, place })}
                className="row"
              >
                <SubmitButton kind="quiet" small>
                  {t('official.revoke')}
                  <span className="hidden-text">
                    {' '}
                    {role}, {place}
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
