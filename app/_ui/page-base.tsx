'use client';
import { useContext, useState } from 'react';
import { FormContext } from './form-context.tsx';
import { baseField } from './page-base-field.ts';

/**
 * Says when the page was opened, and stays what it was when the page is drawn anew after an error: the inputs still
 * hold what was there then. Without a script it comes back with what was typed.
 */
export function PageBase({ version, formId }: { version: number; formId: string }) {
  const { state } = useContext(FormContext);
  const [opened] = useState(`${version}.${formId}`);
  const typed = state.values[baseField];
  return <input type="hidden" name={baseField} value={typeof typed === 'string' ? typed : opened} readOnly />;
}
