import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { NavLink } from '#app/_ui/nav-link.tsx';

/** The parts of administration; what is the ministry's alone is shown to its administrators. */
export async function AdministrationTabs() {
  const [t, jobs, webhooks, authorities] = await Promise.all([
    getTranslations('administration'),
    getTranslations('operations'),
    getTranslations('exchange.webhooks'),
    read((api) => api.identity.authorities({})),
  ]);
  const ofMinistry = authorities.some((authority) => authority.provinceCode === null && authority.whole);
  return (
    <nav aria-label={t('tabs')} className="row tabs">
      <NavLink href="/office/administration" exact>
        {t('officials')}
      </NavLink>
      <NavLink href="/office/administration/authorities">{t('authorities')}</NavLink>
      <NavLink href="/office/administration/webhooks">{webhooks('tab')}</NavLink>
      {ofMinistry && <NavLink href="/office/administration/jobs">{jobs('tab')}</NavLink>}
    </nav>
  );
}
