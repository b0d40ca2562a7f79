'use client';
import { type MouseEvent, type RefObject, useRef, useState, useSyncExternalStore } from 'react';
import { askPasskeyAction } from '#app/_server/passkey-actions.ts';
import { buttonLook } from './button-look.ts';
import { TextField } from './field.tsx';
import { askBrowser, passkeysWork } from './passkey.ts';
import { useKitText } from './texts.tsx';

const never = () => () => {};

/**
 * Asks for the second factor inside the form that needs it. Without scripts the form's own button sends again; with
 * them the button here does what the one pressed before was to do.
 */
export function StepUp({ pressed, passkey }: { pressed: RefObject<HTMLElement | null>; passkey: boolean }) {
  const text = useKitText();
  const answer = useRef<HTMLInputElement>(null);
  const [trouble, setTrouble] = useState('');
  const scripts = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const throughPasskey = async ({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) => {
    const asked = await askPasskeyAction('second-factor');
    const given = 'problem' in asked ? null : await askBrowser(asked.options);
    setTrouble('problem' in asked ? asked.problem : given === null ? text('stepUpNoPasskey') : '');
    if (given === null || !answer.current) return;
    answer.current.value = given;
    sendAgain(form, pressed.current);
  };
  return (
    <fieldset className="inset">
      <legend>
        <strong>{text('stepUp')}</strong>
      </legend>
      <p>{text('stepUpLead')}</p>
      <TextField
        name="stepUpOtp"
        label={text('stepUpCode')}
        hint={text('stepUpHint')}
        autoComplete="one-time-code"
        width={10}
        maxLength={40}
        spellCheck={false}
      />
      {scripts && (
        <button
          type="submit"
          className={buttonLook({})}
          onClick={(event) => {
            if (answer.current) answer.current.value = '';
            event.preventDefault();
            sendAgain(event.currentTarget.form, pressed.current);
          }}
        >
          {text('stepUpSend')}
        </button>
      )}
      {scripts && passkey && passkeysWork() && (
        <>
          <input type="hidden" name="stepUpOtpPasskey" ref={answer} />
          <button type="button" className={buttonLook({ kind: 'quiet' })} onClick={(event) => throughPasskey(event)}>
            {text('stepUpPasskey')}
          </button>
          <p role="status">{trouble}</p>
        </>
      )}
    </fieldset>
  );
}

/** Does what the button pressed before was to do; it may have been taken away meanwhile. */
function sendAgain(form: HTMLFormElement | null, before: HTMLElement | null): void {
  form?.requestSubmit(before !== null && form.contains(before) ? before : undefined);
}
