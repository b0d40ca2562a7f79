import { useLocale } from 'next-intl';
import type { AnchorHTMLAttributes } from 'react';
import { localePath } from '#i18n/locale-path.ts';

export type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { href: string };

/** A link to a page of ours in the reader's language: give the address without language, e.g. `/track`. */
export function Link({ href, ...rest }: LinkProps) {
  return <a {...rest} href={localePath(useLocale(), href)} />;
}
