import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { buttonLook, type Look } from './button-look.ts';
import { Link } from './link.tsx';

/** Does something: sends the form it is in unless `type="button"`. */
export function Button({
  kind,
  small,
  whole,
  type = 'submit',
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button {...rest} type={type} className={buttonLook({ kind, small, whole })} />;
}

/** Goes somewhere, drawn as a button. */
export function LinkButton({ kind, small, whole, href, children }: Look & { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={buttonLook({ kind, small, whole })}>
      {children}
    </Link>
  );
}
