import { useTranslations } from 'next-intl';
import { NavLink } from '#app/_ui/nav-link.tsx';

/** The parts of administration; what is the ministry's alone refuses others by itself. */
export function AdministrationTabs() {
  const t = useTranslations('administration');
  const jobs = useTranslations('operations');
  return (
    <nav aria-label={t('tabs')} className="row">
      <NavLink href="/office/administration" exact>
        {t('officials')}
      </NavLink>
      <NavLink href="/office/administration/authorities">{t('authorities')}</NavLink>
      <NavLink href="/office/administration/jobs">{jobs('tab')}</NavLink>
    </nav>
  );
}
