import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from './link.tsx';

/** A box of its own. With `href` the whole box is a link. */
export function Card({ title, href, children }: { title?: ReactNode; href?: string; children?: ReactNode }) {
  const inside = (
    <>
      {title && <h2>{title}</h2>}
      {children}
    </>
  );
  if (href) {
    return (
      <Link href={href} className="card">
        {inside}
      </Link>
    );
  }
  return <section className="card stack">{inside}</section>;
}

/** How much time is left, and why: every line of the reckoning. */
export function ClockCard(props: {
  /** e.g. "Còn lại cho cả hồ sơ" */
  label: ReactNode;
  /** e.g. "13 ngày làm việc" */
  value: ReactNode;
  late?: boolean;
  /** e.g. "hạn thứ Tư, 16/12/2026" */
  below?: ReactNode;
  lines: { label: ReactNode; value: ReactNode }[];
  more?: { href: string; label: ReactNode };
}) {
  return (
    <section className="card clock">
      <h2 className="hint">{props.label}</h2>
      <strong className={props.late ? 'large late' : 'large'}>{props.value}</strong>
      {props.below && <p>{props.below}</p>}
      <dl>
        {props.lines.flatMap((line, index) => [
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity
          <dt key={`l${index}`}>{line.label}</dt>,
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity
          <dd key={`v${index}`}>{line.value}</dd>,
        ])}
      </dl>
      {props.more && (
        <p>
          <Link href={props.more.href}>{props.more.label}</Link>
        </p>
      )}
    </section>
  );
}

/** A file or document: its kind, name, a line of detail, a Tag, actions. `href` is the address of the file itself. */
export function DocumentCard(props: {
  title: ReactNode;
  kind?: string;
  href?: string;
  detail?: ReactNode;
  tag?: ReactNode;
  actions?: ReactNode;
}) {
  const t = useTranslations('ui.document');
  const kind = props.kind ?? 'PDF';
  return (
    <div className="document">
      <span className="kind" aria-hidden="true">
        {kind}
      </span>
      <div>
        {props.href ? (
          <a href={props.href}>
            {props.title}
            <span className="hidden-text"> ({t('file', { kind })})</span>
          </a>
        ) : (
          props.title
        )}
        {props.detail && <div className="hint">{props.detail}</div>}
      </div>
      {props.tag}
      {props.actions}
    </div>
  );
}
