import type { ReactNode } from 'react';
import type { Tone } from './types.ts';

/** A status in a few words, with a shape of its own: round = fine, triangle = waits, diamond = late or wrong, square = news. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`tag ${tone}`}>{children}</span>;
}

/** A message of the page, e.g. what was saved. `status` is announced when it appears. */
export function Notice(props: { tone?: Tone; title?: ReactNode; children?: ReactNode; status?: boolean }) {
  return (
    <div className={`notice ${props.tone ?? 'info'}`} role={props.status ? 'status' : undefined}>
      {props.title && <h2>{props.title}</h2>}
      {props.children && <div>{props.children}</div>}
    </div>
  );
}

/** Text set apart: an example, a quotation, a condition. */
export function InsetText({ children }: { children: ReactNode }) {
  return <div className="inset">{children}</div>;
}

/** A list with nothing in it: says why, and what to do. */
export function EmptyState({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** The panel after a successful end: what was done and its number. Its title is the page's h1. */
export function Confirmation(props: {
  title: ReactNode;
  codeLabel?: ReactNode;
  code?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="panel">
      <h1>{props.title}</h1>
      {props.codeLabel && <p>{props.codeLabel}</p>}
      {props.code && <strong className="code">{props.code}</strong>}
      {props.children}
    </div>
  );
}

/** More text for those who want it. */
export function Details({ summary, open, children }: { summary: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details className="details" open={open}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}

/** How much of long work is done. */
export function ProgressBar({ label, value, max }: { label: string; value: number; max: number }) {
  return (
    <div className="stack">
      <progress aria-label={label} value={value} max={max} />
      <p className="hint">
        {label}: {value}/{max}
      </p>
    </div>
  );
}

/** Figures with what they count. */
export function Stats({ items }: { items: { value: ReactNode; label: ReactNode }[] }) {
  return (
    <dl className="stats">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the figures have no other identity
        <div key={index}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
