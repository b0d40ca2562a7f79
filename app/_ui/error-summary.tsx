'use client';
import { type MouseEvent, useEffect, useRef, useState } from 'react';
import { fieldId } from './field-id.ts';
import { useKitText } from './texts.tsx';
import type { ShownError } from './types.ts';

/** What the question of an input is, as the page shows it. */
function questionOf(id: string): string {
  const input = document.getElementById(id);
  // of several inputs that are one answer, such as a date, the first is called by the question of them all
  const part =
    input instanceof HTMLInputElement &&
    (['radio', 'checkbox'].includes(input.type) || /\.(day|month|year)$/.test(input.name));
  const words = part
    ? input.closest('fieldset')?.querySelector('legend')
    : document.querySelector(`label[for="${CSS.escape(id)}"]`);
  return words?.firstChild?.textContent?.trim() ?? '';
}

/** Whether an error may be said of any field, or says the same as another: alone it tells nobody where to look. */
const isVague = (error: ShownError, errors: ShownError[]): boolean =>
  error.reason.startsWith('errors.') || errors.some((other) => other !== error && other.message === error.message);

/** The questions of those errors that do not name their field themselves. */
const questionsOf = (errors: ShownError[], form: string | undefined): Record<string, string> =>
  Object.fromEntries(
    errors
      .filter((error) => error.path && isVague(error, errors))
      .map((error) => [error.path, questionOf(fieldId(error.path, form))]),
  );

/** What is wrong, above the form: takes the focus, links to each field, marks the title. */
export function ErrorSummary({ errors, form }: { errors: ShownError[]; form?: string | undefined }) {
  const text = useKitText();
  const box = useRef<HTMLDivElement>(null);
  const prefix = text('titlePrefix');
  const [questions, setQuestions] = useState<Record<string, string>>({});
  useEffect(() => {
    if (errors.length === 0) return;
    setQuestions(questionsOf(errors, form));
    box.current?.focus();
    const title = document.title;
    if (title.startsWith(prefix)) return;
    document.title = `${prefix}${title}`;
    return () => {
      document.title = title;
    };
  }, [errors, form, prefix]);
  if (errors.length === 0) return null;
  return (
    <div className="summary" role="alert" tabIndex={-1} ref={box} aria-labelledby="error-summary">
      <h2 id="error-summary">{text('problem')}</h2>
      <ul>
        {errors.map((error) => (
          <li key={`${error.path} ${error.message}`}>
            {error.path ? (
              <a href={`#${fieldId(error.path, form)}`} onClick={toField}>
                {questions[error.path] && `${questions[error.path]}: `}
                {error.message}
              </a>
            ) : (
              error.message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Focuses the input, and scrolls so that its label is in view too. */
function toField(event: MouseEvent<HTMLAnchorElement>): void {
  const input = document.getElementById(event.currentTarget.hash.slice(1));
  if (!input) return;
  event.preventDefault();
  (input.closest('.field') ?? input).scrollIntoView();
  input.focus({ preventScroll: true });
}
