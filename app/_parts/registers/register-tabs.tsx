import { useTranslations } from 'next-intl';
import { NavLink } from '#app/_ui/nav-link.tsx';

/** From one public register to the others. */
export function RegisterTabs() {
  const t = useTranslations('registers');
  return (
    <nav aria-label={t('tabs')} className="views tabs">
      <ul>
        {(['facilities', 'drugs', 'recalls', 'devices', 'notices'] as const).map((key) => (
          <li key={key}>
            <NavLink href={`/registers/${key}`}>{t(`names.${key}`)}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
