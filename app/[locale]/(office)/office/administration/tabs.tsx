import { useTranslations } from 'next-intl';
import { NavLink } from '#app/_ui/nav-link.tsx';

/** The two parts of administration. */
export function AdministrationTabs() {
  const t = useTranslations('administration');
  return (
    <nav aria-label={t('tabs')}>
      <ul className="row">
        <li>
          <NavLink href="/office/administration" exact>
            {t('officials')}
          </NavLink>
        </li>
        <li>
          <NavLink href="/office/administration/authorities">{t('authorities')}</NavLink>
        </li>
      </ul>
    </nav>
  );
}
