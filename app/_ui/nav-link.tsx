'use client';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { localePath, withoutLocale } from '#i18n/locale-path.ts';
import { useKitLocale } from './texts.tsx';

/** A link of a menu: knows when its page, or one below it, is open. `exact` for a parent with siblings below it. */
export function NavLink({ href, exact, children }: { href: string; exact?: boolean; children: ReactNode }) {
  const locale = useKitLocale();
  const path = withoutLocale(usePathname() ?? '/');
  const here = path === href || (!exact && path.startsWith(`${href}/`));
  return (
    <a href={localePath(locale, href)} aria-current={here ? (path === href ? 'page' : 'true') : undefined}>
      {children}
    </a>
  );
}
