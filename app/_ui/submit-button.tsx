'use client';
import { type ReactNode, useContext } from 'react';
import { type ButtonKind, buttonLook } from './button-look.ts';
import { FormContext } from './form-context.tsx';
import { useKitText } from './texts.tsx';

/** Sends the ActionForm it is in; while that lasts it says so. `name` and `value` tell several buttons apart. */
export function SubmitButton(props: {
  children: ReactNode;
  kind?: ButtonKind;
  small?: boolean;
  whole?: boolean;
  name?: string;
  value?: string;
}) {
  const { pending } = useContext(FormContext);
  const text = useKitText();
  return (
    <button
      type="submit"
      name={props.name}
      value={props.value}
      className={buttonLook(props)}
      aria-disabled={pending || undefined}
    >
      {pending ? text('sending') : props.children}
    </button>
  );
}
