import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from './link.tsx';

export interface Task {
  title: ReactNode;
  /** without address the task cannot be opened yet; `status` then says why */
  href?: string;
  hint?: ReactNode;
  /** plain words when done, a Tag when something is to do */
  status: ReactNode;
}

/** What is to do, and what is left: the whole row is the link. */
export function TaskList({ tasks }: { tasks: Task[] }) {
  return (
    <ul className="tasks">
      {tasks.map((task, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity
        <li key={index} className={task.href ? undefined : 'blocked'}>
          <div>
            {task.href ? <Link href={task.href}>{task.title}</Link> : task.title}
            {task.hint && <span className="hint">{task.hint}</span>}
          </div>
          <div>{task.status}</div>
        </li>
      ))}
    </ul>
  );
}

export interface Answer {
  question: ReactNode;
  /** empty: shown as not answered */
  answer: ReactNode;
  /** where it is changed; that page returns here */
  href?: string;
  /** what is changed, in words, for screen readers */
  what?: string;
}

/** Questions and answers before sending, with links to change each. */
export function CheckAnswers({ answers }: { answers: Answer[] }) {
  const t = useTranslations('ui.answers');
  return (
    <dl className="answers">
      {answers.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity
        <div key={index}>
          <dt>{one.question}</dt>
          <dd>{one.answer === '' || one.answer == null ? <span className="hint">{t('none')}</span> : one.answer}</dd>
          {one.href && (
            <dd className="change">
              <Link href={one.href}>
                {t('change')}
                <span className="hidden-text"> {one.what ?? one.question}</span>
              </Link>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

/** Facts: small label, bold value; one below the other beside a page, side by side where there is room. */
export function Facts({ items }: { items: { label: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity
        <div key={index}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Links with a short remark at the right, one a line. */
export function LinkList({ links }: { links: { href: string; label: ReactNode; remark?: ReactNode }[] }) {
  return (
    <ul className="links">
      {links.map((link) => (
        <li key={link.href}>
          <Link href={link.href}>
            <span>{link.label}</span>
            {link.remark && <small>{link.remark}</small>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
