'use client';
import { type RefObject, useSyncExternalStore } from 'react';
import { buttonLook } from './button-look.ts';
import { TextField } from './field.tsx';
import { useKitText } from './texts.tsx';

const never = () => () => {};

/**
 * Asks for the second factor inside the form that needs it. Without scripts the form's own button sends again; with
 * them the button here does what the one pressed before was to do.
 */
export function StepUp({ pressed }: { pressed: RefObject<HTMLElement | null> }) {
  const text = useKitText();
  const scripts = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
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
            const { form } = event.currentTarget;
            const before = pressed.current;
            // the button pressed first may have been taken away meanwhile
            if (!form || !(before instanceof HTMLElement) || !form.contains(before)) return;
            event.preventDefault();
            form.requestSubmit(before);
          }}
        >
          {text('stepUpSend')}
        </button>
      )}
    </fieldset>
  );
}
