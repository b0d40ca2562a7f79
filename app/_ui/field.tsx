'use client';
import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react';
import { type FieldState, useField } from './form-context.tsx';
import { useKitText } from './texts.tsx';

/** What every field takes. `question`: the label is the heading of a one-question page. */
export interface FieldProps {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  question?: boolean;
  error?: string | undefined;
}

/** Hint and error message, in this order, each with the id the input refers to. */
export function FieldNotes({ field, hint }: { field: FieldState; hint?: ReactNode }) {
  const text = useKitText();
  return (
    <>
      {hint && (
        <div className="hint" id={field.hintId}>
          {hint}
        </div>
      )}
      {field.error && (
        <p className="message" id={field.errorId}>
          <span className="hidden-text">{text('error')} </span>
          {field.error}
        </p>
      )}
    </>
  );
}

/** The words of a label with the remark that the field may stay empty. */
export function LabelText({ label, optional }: { label: ReactNode; optional?: boolean | undefined }) {
  const text = useKitText();
  return (
    <>
      {label}
      {optional && <span className="hint"> {text('optional')}</span>}
    </>
  );
}

export const fieldLook = (field: FieldState, question?: boolean): string =>
  ['field', question && 'question', field.error && 'wrong'].filter(Boolean).join(' ');

interface Labelled extends FieldProps {
  field: FieldState;
  children: ReactNode;
}

function Labelled({ field, label, hint, optional, question, children }: Labelled) {
  const words = (
    <label htmlFor={field.id}>
      <LabelText label={label} optional={optional} />
    </label>
  );
  return (
    <div className={fieldLook(field)}>
      {question ? <h1>{words}</h1> : words}
      <FieldNotes field={field} hint={hint} />
      {children}
    </div>
  );
}

export interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'password' | 'search' | 'url';
  defaultValue?: string;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email';
  /** width in characters: tells how long an answer is expected */
  width?: 2 | 4 | 10 | 20;
  placeholder?: string;
  maxLength?: number;
  spellCheck?: boolean;
  prefix?: ReactNode;
  suffix?: ReactNode;
}

/** One line of text. No `required`, no pattern: the server says what is wrong, after sending. */
export function TextField(props: TextFieldProps) {
  const {
    name,
    label,
    hint,
    optional,
    question,
    error,
    width,
    prefix,
    suffix,
    defaultValue,
    type = 'text',
    ...rest
  } = props;
  const field = useField(name, { hint, error, defaultValue });
  const input = (
    <input
      {...rest}
      {...field.described}
      id={field.id}
      name={name}
      type={type}
      className={width ? `input w${width}` : 'input'}
      defaultValue={type === 'password' ? undefined : field.value}
    />
  );
  return (
    <Labelled {...{ name, label, hint, optional, question, field }}>
      {prefix || suffix ? (
        <div className="affix">
          {prefix && <span>{prefix}</span>}
          {input}
          {suffix && <span>{suffix}</span>}
        </div>
      ) : (
        input
      )}
    </Labelled>
  );
}

/** A number, typed as text: spaces, dots and commas are welcome, wheels and arrows change nothing. */
export function NumberField(props: Omit<TextFieldProps, 'type'> & { decimal?: boolean }) {
  const { decimal, ...rest } = props;
  return (
    <TextField width={10} spellCheck={false} autoComplete="off" {...rest} inputMode={decimal ? 'decimal' : 'numeric'} />
  );
}

/** Several lines of text. */
export function TextArea(props: FieldProps & { defaultValue?: string; rows?: number; maxLength?: number }) {
  const { name, label, hint, optional, question, error, defaultValue, rows = 5, maxLength } = props;
  const field = useField(name, { hint, error, defaultValue });
  return (
    <Labelled {...{ name, label, hint, optional, question, field }}>
      <textarea
        key={field.value}
        {...field.described}
        id={field.id}
        name={name}
        rows={rows}
        maxLength={maxLength}
        className="input"
        defaultValue={field.value}
      />
    </Labelled>
  );
}

export interface Option {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  /** shown below the option; fields that matter only when it is chosen */
  more?: ReactNode;
}

/** One of many: prefer Radios up to about seven. `empty` is the words of the first, empty choice. */
export function Select(
  props: FieldProps & { options: Omit<Option, 'more' | 'hint'>[]; empty?: string; defaultValue?: string },
) {
  const { name, label, hint, optional, question, error, options, empty, defaultValue } = props;
  const field = useField(name, { hint, error, defaultValue });
  return (
    <Labelled {...{ name, label, hint, optional, question, field }}>
      <select
        key={field.value}
        {...field.described}
        id={field.id}
        name={name}
        className="input"
        defaultValue={field.value}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
