'use client';
import { type MouseEvent, useEffect, useRef } from 'react';
import { fieldId } from './form-context.tsx';
import { useKitText } from './texts.tsx';
import type { ShownError } from './types.ts';

/** What is wrong, above the form: takes the focus, links to each field, marks the title. */
export function ErrorSummary({ errors, form }: { errors: ShownError[]; form?: string | undefined }) {
  const text = useKitText();
  const box = useRef<HTMLDivElement>(null);
  const prefix = text('titlePrefix');
  useEffect(() => {
    if (errors.length === 0) return;
    box.current?.focus();
    const title = document.title;
    if (title.startsWith(prefix)) return;
    document.title = `${prefix}${title}`;
    return () => {
      document.title = title;
    };
  }, [errors, prefix]);
  if (errors.length === 0) return null;
  return (
    <div className="summary" role="alert" tabIndex={-1} ref={box} aria-labelledby="error-summary">
      <h2 id="error-summary">{text('problem')}</h2>
      <ul>
        {errors.map((error) => (
          <li key={`${error.path} ${error.message}`}>
            {error.path ? (
              <a href={`#${fieldId(error.path, form)}`} onClick={toField}>
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
  input.closest('.field')?.scrollIntoView();
  input.focus({ preventScroll: true });
}
