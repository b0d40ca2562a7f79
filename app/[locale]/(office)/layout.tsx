import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { accountShown } from '#app/_server/account.ts';
import { read } from '#app/_server/caller.ts';
import { SiteFrame } from '#app/_ui/frame.tsx';
import { OfficeShell } from '#app/_ui/office-shell.tsx';
import { keeperRoles } from '#server/registers/rules.ts';

/** The officials' frame; each page asks for what it may see, so nothing is locked here. */
export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const account = await accountShown();
  if (!account?.official) return <SiteFrame account={account}>{children}</SiteFrame>;
  const t = await getTranslations('ui.rail');
  const [counts, unread, viewer] = await read((api) =>
    Promise.all([api.dossiers.counts(), api.notifications.unreadCount(), api.identity.viewer({})]),
  );
  const oversees = ['head', 'leader'].some((role) => viewer?.roles.includes(role));
  const keepsLog = oversees || viewer?.roles.includes('one-stop');
  const money = (['one-stop', 'officer', 'leader', 'admin'] as const).some((role) => viewer?.roles.includes(role));
  const keepsRegisters = keeperRoles.some((role) => viewer?.roles.includes(role));
  const signs = ['head', 'leader', 'clerk'].some((role) => viewer?.roles.includes(role));
  return (
    <OfficeShell
      account={account}
      groups={[
        {
          items: [
            { href: '/office', label: t('inbox'), count: counts.mine, exact: true },
            ...(viewer?.worksOnDossiers ? [{ href: '/office/unit', label: t('unit'), count: counts.unit }] : []),
            ...(signs ? [{ href: '/office/signing', label: t('sign'), count: counts.signing }] : []),
            ...(signs || viewer?.roles.includes('admin') ? [{ href: '/office/keys', label: t('keys') }] : []),
            { href: '/office/notifications', label: t('notifications'), count: unread },
          ],
        },
        ...(viewer?.worksOnDossiers
          ? [
              {
                title: t('singleWindow'),
                items: [
                  { href: '/office/dossiers', label: t('dossiers') },
                  { href: '/office/late', label: t('late'), count: counts.late },
                  ...(oversees ? [{ href: '/office/late-dossiers', label: t('lateDossiers') }] : []),
                  ...(keepsLog ? [{ href: '/office/tracking-log', label: t('trackingLog') }] : []),
                  { href: '/office/delegations', label: t('delegations') },
                ],
              },
            ]
          : []),
        ...(money
          ? [
              {
                title: t('money'),
                items: [
                  { href: '/office/payments/refunds', label: t('refunds') },
                  ...(viewer?.roles.includes('admin')
                    ? [{ href: '/office/payments/reconciliation', label: t('reconciliation') }]
                    : []),
                ],
              },
            ]
          : []),
        {
          title: t('registers'),
          items: [
            ...(keepsRegisters ? [{ href: '/office/registers', label: t('registrarsDesk'), exact: true }] : []),
            { href: '/office/registers/facilities', label: t('facilities') },
            ...(keepsRegisters
              ? [
                  { href: '/office/registers/drugs', label: t('drugs') },
                  { href: '/office/registers/recalls', label: t('recalls') },
                  { href: '/office/registers/devices', label: t('devices') },
                  { href: '/office/registers/notices', label: t('notices') },
                  { href: '/office/equipment', label: t('equipment') },
                ]
              : []),
          ],
        },
        ...(viewer?.roles.includes('admin')
          ? [
              {
                title: t('administration'),
                items: [
                  { href: '/office/administration', label: t('officials'), exact: true },
                  { href: '/office/administration/authorities', label: t('authorities') },
                ],
              },
            ]
          : []),
      ]}
    >
      {children}
    </OfficeShell>
  );
}
