import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Details } from '#app/_ui/status.tsx';

/** Who can sign in to the demo; the passwords are on the host only. */
export function DemoAccounts({
  accounts,
}: {
  accounts: { role: string; email: string; name: string; code: string | null }[];
}) {
  const t = useTranslations('identity');
  return (
    <Details summary={t('demo.title')}>
      <p>{t('demo.lead')}</p>
      <DataTable
        caption={t('demo.title')}
        hideCaption
        columns={[
          { key: 'role', label: t('demo.role') },
          { key: 'email', label: t('demo.email') },
          { key: 'name', label: t('demo.name') },
          { key: 'code', label: t('demo.code') },
        ]}
        rows={accounts.map(({ role, email, name, code }) => ({
          id: email,
          cells: {
            role: t.has(`roles.${role}` as never) ? t(`roles.${role}` as never) : role,
            email,
            name,
            code: code ?? '',
          },
        }))}
      />
    </Details>
  );
}
