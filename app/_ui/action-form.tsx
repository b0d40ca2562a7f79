'use client';
import { type FormEvent, type ReactNode, startTransition, useActionState, useEffect, useRef } from 'react';
import { BulkResults } from './bulk-results.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { FormContext } from './form-context.tsx';
import { formNameField } from './form-name.ts';
import { RestoredNotice, useKeptForm } from './kept-form.tsx';
import { StepUp } from './step-up.tsx';
import { type FormAction, untouched } from './types.ts';

export interface ActionFormProps {
  /** a server action made with `runAction`, bound to its ids where needed */
  action: FormAction;
  children: ReactNode;
  /** what an unsent form holds, by name */
  values?: Record<string, string | string[]>;
  id?: string;
  className?: string;
  /** name of the form where a page has several */
  label?: string;
  /**
   * The form is folded away behind these words, and open when it was refused: without JavaScript the page comes anew, and
   * what is wrong must not lie in something closed. `open`: also before that.
   */
  fold?: { summary: ReactNode; open?: boolean; before?: ReactNode; after?: ReactNode };
}

/**
 * The one way to post. Works before and without JavaScript (the page comes back with errors and input); with it, the
 * page stays, what was typed stays, a second press while sending does nothing.
 */
export function ActionForm({ action, children, values, id, className = 'form', label, fold }: ActionFormProps) {
  const kept = useKeptForm(id ?? label ?? '');
  const start = kept ?? values;
  const [state, send, pending] = useActionState(action, start ? { ...untouched, values: start } : untouched);
  const form = useRef<HTMLFormElement>(null);
  const sending = useRef(false);
  const pressed = useRef<HTMLElement | null>(null);
  useEffect(() => {
    sending.current = pending;
  }, [pending]);
  useEffect(() => {
    if (state.notice && state.errors.length === 0) form.current?.reset();
  }, [state]);

  // sending by hand keeps the browser from emptying the form afterwards
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending.current) return;
    sending.current = true;
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (!state.stepUp) pressed.current = submitter;
    const data = new FormData(event.currentTarget, submitter);
    startTransition(() => send(data));
  };
  const shown = (
    <form
      ref={form}
      id={id}
      className={className}
      action={send}
      onSubmit={submit}
      aria-label={label}
      aria-busy={pending}
      noValidate
    >
      <input type="hidden" name={formNameField} value={id ?? label ?? ''} />
      {kept && state.errors.length === 0 && <RestoredNotice />}
      <ErrorSummary errors={state.errors} form={id} />
      {state.notice && (
        <div className="notice ok" role="status">
          {state.notice}
          {state.results && <BulkResults results={state.results} />}
        </div>
      )}
      <FormContext value={{ state, pending, form: id }}>
        {state.stepUp && <StepUp pressed={pressed} passkey={state.stepUp.passkey} />}
        {children}
      </FormContext>
    </form>
  );
  if (!fold) return shown;
  return (
    <details className="details" open={fold.open === true || state.errors.length > 0 || state.stepUp !== undefined}>
      <summary>{fold.summary}</summary>
      <div>
        {fold.before}
        {shown}
        {fold.after}
      </div>
    </details>
  );
}
