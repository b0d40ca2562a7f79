import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AccountMenu } from './account-menu.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Link } from './link.tsx';
import { Mark } from './mark.tsx';
import { NavLink } from './nav-link.tsx';
import { SessionEnd } from './session-end.tsx';
import type { AccountShown } from './types.ts';

export interface RailGroup {
  /** heading of the group; the first needs none */
  title?: string;
  items: { href: string; label: string; count?: number; exact?: boolean }[];
}

/** The officials' frame: a rail with counts at the left, on phones a menu. */
export function OfficeShell(props: { account: AccountShown; groups: RailGroup[]; children: ReactNode }) {
  const t = useTranslations('ui');
  const rail = props.groups.map((group, index) => (
    <div key={group.title ?? index}>
      {group.title && <h2>{group.title}</h2>}
      <ul>
        {group.items.map((item) => (
          <li key={item.href}>
            <NavLink href={item.href} {...(item.exact ? { exact: true } : {})}>
              <span>{item.label}</span>
              {item.count !== undefined && item.count > 0 && <span className="count">{item.count}</span>}
            </NavLink>
          </li>
        ))}
      </ul>
    </div>
  ));
  return (
    <div className="office">
      <header className="rail">
        <Link href="/" className="mark">
          <Mark />
          {t('name')}
        </Link>
        <nav className="wide" aria-label={t('nav.office')}>
          {rail}
        </nav>
        <details className="narrow menu">
          <summary>{t('nav.menu')}</summary>
          <nav aria-label={t('nav.office')}>{rail}</nav>
        </details>
      </header>
      <div className="office-body">
        <aside className="office-head" aria-label={t('nav.account')}>
          <Link href="/help">{t('footer.help')}</Link>
          <LanguageSwitch />
          <AccountMenu account={props.account} />
        </aside>
        <main id="main" tabIndex={-1}>
          {props.children}
        </main>
      </div>
      <SessionEnd />
    </div>
  );
}
