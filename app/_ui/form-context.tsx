'use client';
import { createContext, useContext } from 'react';
import { fieldId } from './field-id.ts';
import { type FormState, untouched } from './types.ts';

/** What fields know of the form around them. */
export const FormContext = createContext<{ state: FormState; pending: boolean; form?: string | undefined }>({
  state: untouched,
  pending: false,
});

export interface FieldState {
  id: string;
  hintId: string | undefined;
  errorId: string | undefined;
  error: string | undefined;
  /** what was entered last, else the given start value */
  value: string;
  values: string[];
  /** attributes of the input */
  described: { 'aria-describedby'?: string; 'aria-invalid'?: true };
}

/** A field's error, kept input and ids, by name. `error` may also come from the page itself. */
export function useField(
  name: string,
  given: { hint?: unknown; error?: string | undefined; defaultValue?: string | string[] | undefined },
): FieldState {
  const { state, form } = useContext(FormContext);
  const id = fieldId(name, form);
  const error = given.error ?? state.errors.find((one) => one.path === name)?.message;
  const entered = state.values[name] ?? given.defaultValue;
  const hintId = given.hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const ids = [hintId, errorId].filter(Boolean).join(' ');
  return {
    id,
    hintId,
    errorId,
    error,
    value: Array.isArray(entered) ? (entered[0] ?? '') : (entered ?? ''),
    values: entered === undefined ? [] : [entered].flat(),
    described: { ...(ids ? { 'aria-describedby': ids } : {}), ...(error ? { 'aria-invalid': true as const } : {}) },
  };
}
