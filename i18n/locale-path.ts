import { routing } from './routing.ts';

/** The address of a page in a language: `/track` → `/track` or `/en/track`. Addresses elsewhere, files and `/api` stay. */
export function localePath(locale: string, href: string): string {
  if (!href.startsWith('/') || href.startsWith('//') || href.startsWith('/api/')) return href;
  if (locale === routing.defaultLocale) return href;
  return href === '/' ? `/${locale}` : `/${locale}${href.startsWith('/?') ? href.slice(1) : href}`;
}

/** The address without its language: `/en/track` → `/track`, `/en` → `/`. */
export function withoutLocale(path: string): string {
  const rest = path.replace(/^\/(?:vi|en)(?=[/?#]|$)/, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}
