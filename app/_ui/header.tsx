import { useTranslations } from 'next-intl';
import { AccountMenu } from './account-menu.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Link } from './link.tsx';
import { Mark } from './mark.tsx';
import { NavLink } from './nav-link.tsx';
import type { AccountShown } from './types.ts';

/** The menu of the public pages. */
const pages = [
  { href: '/procedures', text: 'procedures' },
  { href: '/track', text: 'track' },
  { href: '/map', text: 'map' },
  { href: '/registers/facilities', text: 'registers' },
  { href: '/verify', text: 'verify' },
] as const;

/** The head of public and applicants' pages; on narrow screens a menu that opens without JavaScript. */
export function Header({ account }: { account: AccountShown | null }) {
  const t = useTranslations('ui');
  const menu = (name: string) => (
    <nav aria-label={name}>
      <ul>
        {pages.map(({ href, text }) => (
          <li key={href}>
            <NavLink href={href}>{t(`nav.${text}`)}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
  return (
    <header className="top">
      <div className="wrap">
        <Link href="/" className="mark">
          <Mark />
          {t('name')}
        </Link>
        <div className="wide">
          {menu(t('nav.main'))}
          <LanguageSwitch />
          <AccountMenu account={account} />
        </div>
        <details className="narrow menu">
          <summary>{t('nav.menu')}</summary>
          {menu(t('nav.main'))}
          <div className="row">
            <LanguageSwitch />
            <AccountMenu account={account} />
          </div>
        </details>
      </div>
    </header>
  );
}
