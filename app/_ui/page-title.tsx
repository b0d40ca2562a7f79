import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from './link.tsx';

/** Where the page stands; the last entry is the page itself and has no address. */
export function Breadcrumbs({ items }: { items: { label: ReactNode; href?: string }[] }) {
  return (
    <nav className="crumbs" aria-label={useTranslations('ui')('nav.breadcrumbs')}>
      <ol>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity
          <li key={index}>
            {item.href ? <Link href={item.href}>{item.label}</Link> : <span aria-current="page">{item.label}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The one h1 of a page, with a line above (a code), a line or paragraphs below, and actions at the right. */
export function PageTitle(props: { title: ReactNode; above?: ReactNode; below?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="title between">
      <div>
        {props.above && <p className="above">{props.above}</p>}
        <h1>{props.title}</h1>
        {props.below && <div className="below">{props.below}</div>}
      </div>
      {props.actions && <div className="actions">{props.actions}</div>}
    </div>
  );
}
