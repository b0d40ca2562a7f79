import { useTranslations } from 'next-intl';
import { NavLink } from '#app/_ui/nav-link.tsx';

/** The two parts of administration. */
export function AdministrationTabs() {
  const t = useTranslations('administration');
  return (
    <nav aria-label={t('tabs')} className="row">
      <NavLink href="/office/administration" exact>
        {t('officials')}
      </NavLink>
      <NavLink href="/office/administration/authorities">{t('authorities')}</NavLink>
    </nav>
  );
}
