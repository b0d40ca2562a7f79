'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { Fragment, useEffect } from 'react';
import { localePath, withoutLocale } from '#i18n/locale-path.ts';
import { carryTyped, putBackTyped } from './carry-typed.ts';
import { useKitLocale } from './texts.tsx';

const languages = [
  { locale: 'vi', name: 'Tiếng Việt' },
  { locale: 'en', name: 'English' },
];

/** The same page, with the same query and what was typed on it, in the other language. */
export function LanguageSwitch() {
  const current = useKitLocale();
  const path = withoutLocale(usePathname() ?? '/');
  const query = useSearchParams()?.toString();
  const href = query ? `${path}?${query}` : path;
  useEffect(() => putBackTyped(href), [href]);
  return (
    <span className="lang">
      {languages.map(({ locale, name }, index) => (
        <Fragment key={locale}>
          {index > 0 && ' · '}
          {locale === current ? (
            <span lang={locale}>{name}</span>
          ) : (
            <a href={localePath(locale, href)} hrefLang={locale} lang={locale} onClick={() => carryTyped(href)}>
              {name}
            </a>
          )}
        </Fragment>
      ))}
    </span>
  );
}
