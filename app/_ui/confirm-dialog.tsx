'use client';
import { type ReactNode, useRef } from 'react';
import { localePath } from '#i18n/locale-path.ts';
import { type ButtonKind, buttonLook } from './button-look.ts';
import { useKitLocale, useKitText } from './texts.tsx';

/**
 * Asks before something irreversible. Without JavaScript the button leads to the page at `href` that asks the same;
 * with it the question (`children`: words that name the object and an ActionForm) opens on top.
 */
export function ConfirmDialog(props: {
  href: string;
  label: ReactNode;
  title: string;
  kind?: ButtonKind;
  small?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const locale = useKitLocale();
  const text = useKitText();
  return (
    <>
      <a
        href={localePath(locale, props.href)}
        className={buttonLook(props)}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || !dialog.current?.showModal) return;
          event.preventDefault();
          dialog.current.showModal();
        }}
      >
        {props.label}
      </a>
      <dialog ref={dialog} className="dialog" aria-label={props.title}>
        <h2>{props.title}</h2>
        {props.children}
        <button type="button" className={buttonLook({ kind: 'text' })} onClick={() => dialog.current?.close()}>
          {text('cancel')}
        </button>
      </dialog>
    </>
  );
}
