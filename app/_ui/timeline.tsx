import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatDateTime, formatMoment } from './format.ts';

export interface TimelineEntry {
  id: string;
  at: Date;
  title: ReactNode;
  /** notes, documents */
  children?: ReactNode;
  /** `now`: the present state; `stop`: the clock stands still */
  mark?: 'now' | 'stop';
}

/** One story of a dossier, newest first. */
export function Timeline({ entries, now }: { entries: TimelineEntry[]; now: Date }) {
  const locale = useLocale();
  const t = useTranslations('ui.time');
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.id} className={entry.mark}>
          <time dateTime={entry.at.toISOString()} title={formatDateTime(entry.at, locale)}>
            {formatMoment(entry.at, now, { today: t('today'), yesterday: t('yesterday') })}
          </time>
          <div>
            {entry.title}
            {entry.children}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** A remark inside the timeline. */
export function Note({ children }: { children: ReactNode }) {
  return <div className="note">{children}</div>;
}

export interface Step {
  label: ReactNode;
  state: 'done' | 'now' | 'todo';
}

/** The phases of a dossier and where it stands. */
export function Steps({ steps, label }: { steps: Step[]; label?: string }) {
  const t = useTranslations('ui.steps');
  return (
    <ol className="steps" aria-label={label ?? t('label')}>
      {steps.map((step, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity
          key={index}
          className={step.state === 'todo' ? undefined : step.state}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          {step.label}
          {step.state === 'done' && <span className="hidden-text"> ({t('done')})</span>}
        </li>
      ))}
    </ol>
  );
}
