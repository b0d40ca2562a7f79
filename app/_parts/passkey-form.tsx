'use client';
import { type ReactNode, useSyncExternalStore } from 'react';
import { askPasskeyAction, offerPasskeyAction } from '#app/_server/passkey-actions.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { askBrowser, makeInBrowser, passkeysWork } from '#app/_ui/passkey.ts';
import type { FormAction, FormState } from '#app/_ui/types.ts';

const never = () => () => {};
const problem = (message: string): FormState => ({ errors: [{ path: '', reason: '', message }], values: {} });

/**
 * A form that goes through a passkey: asks the browser for one (or to make one), and sends its answer to `action` in
 * the field `passkey`. Where the browser cannot, `without` stands there instead: the authenticator's code is the way.
 */
export function PasskeyForm(props: {
  purpose: 'sign-in' | 'second-factor' | 'new';
  action: FormAction;
  label: string;
  /** what is said when the browser gave no answer */
  noAnswer: string;
  children: ReactNode;
  without?: ReactNode;
}) {
  const { purpose, action, noAnswer } = props;
  const works = useSyncExternalStore(never, passkeysWork, () => false);
  if (!works) return props.without ?? null;
  const through: FormAction = async (before, data) => {
    const asked = purpose === 'new' ? await offerPasskeyAction() : await askPasskeyAction(purpose);
    // asking for the second factor is the action's part: it knows how to say so in the form
    if ('problem' in asked) return purpose === 'new' ? action(before, data) : problem(asked.problem);
    const answer = await (purpose === 'new' ? makeInBrowser : askBrowser)(asked.options);
    if (answer === null) return problem(noAnswer);
    data.set('passkey', answer);
    return action(before, data);
  };
  return (
    <ActionForm action={through} label={props.label} id={`passkey-${purpose}`}>
      {props.children}
    </ActionForm>
  );
}
