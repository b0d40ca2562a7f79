import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { accountShown } from '#app/_server/account.ts';
import { SiteFrame } from '#app/_ui/frame.tsx';
import { OfficeShell } from '#app/_ui/office-shell.tsx';

/** The officials' frame; each page asks for what it may see, so nothing is locked here. */
export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const account = await accountShown();
  if (!account?.official) return <SiteFrame account={account}>{children}</SiteFrame>;
  const t = await getTranslations('ui.rail');
  return (
    <OfficeShell
      account={account}
      groups={[
        {
          items: [
            { href: '/office/inbox', label: t('inbox') },
            { href: '/office/documents', label: t('sign') },
          ],
        },
        {
          title: t('singleWindow'),
          items: [{ href: '/office/dossiers', label: t('dossiers') }],
        },
      ]}
    >
      {children}
    </OfficeShell>
  );
}
