'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { localePath } from '#i18n/locale-path.ts';
import { buttonLook } from './button-look.ts';
import { chordMs, hear } from './shortcut-keys.ts';
import { useKitLocale, useKitText } from './texts.tsx';

/** What a shortcut does; rows are those of the page's first table. */
export type ShortcutAct =
  | { kind: 'press' | 'focus'; selector: string }
  | { kind: 'row'; by: 1 | -1 }
  | { kind: 'tick' }
  | { kind: 'go'; href: string };

export interface Shortcut {
  /** one key, or two one after the other: `j`, `g m` */
  keys: string;
  label: string;
  act: ShortcutAct;
}

/** Kept in this browser; where nothing can be kept the keys are on. */
const store = 'shortcuts';
const typed = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=textbox]';

/**
 * The keys of a page: a list under `?`, a switch that turns them off, words for those who do not see what a key did.
 * They rest while somebody types, composes with an input method, or holds a modifier.
 */
export function Shortcuts({ title, shortcuts }: { title: string; shortcuts: Shortcut[] }) {
  const text = useKitText();
  const locale = useKitLocale();
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  // until it is known whether somebody turned them off they rest
  const [on, setOn] = useState(false);
  const [said, setSaid] = useState('');

  useEffect(() => setOn(kept() !== 'off'), []);
  useEffect(() => {
    if (!on) return;
    let before = '';
    let since = 0;
    const carryOut = (act: ShortcutAct) => {
      if (act.kind === 'go') router.push(localePath(locale, act.href));
      if (act.kind === 'press') document.querySelector<HTMLElement>(act.selector)?.click();
      if (act.kind === 'focus') document.querySelector<HTMLElement>(act.selector)?.focus();
      if (act.kind === 'row') toRow(act.by);
      if (act.kind === 'tick' && tickRow()) setSaid(text('chosen', { count: ticks(':checked').length }));
    };
    const listen = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const heard = hear(
        {
          key: event.key,
          composing: event.isComposing || event.keyCode === 229,
          modified: event.ctrlKey || event.altKey || event.metaKey,
          typing: Boolean(target?.closest(typed)),
          covered: document.querySelector('dialog[open]') !== null,
        },
        event.timeStamp - since < chordMs ? before : '',
        ['?', ...shortcuts.map((one) => one.keys)],
      );
      before = heard.kind === 'pending' ? heard.keys : '';
      since = event.timeStamp;
      if (heard.kind === 'none') return;
      event.preventDefault();
      if (heard.kind === 'pending') return;
      const found = shortcuts.find((one) => one.keys === heard.keys);
      if (found) carryOut(found.act);
      else dialog.current?.showModal();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [on, shortcuts, locale, router, text]);

  const turn = () => {
    keep(on ? 'off' : 'on');
    setOn(!on);
    setSaid(text(on ? 'keysOff' : 'keysOn'));
  };
  return (
    <>
      <button
        type="button"
        className={buttonLook({ kind: 'text' })}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        {title} <kbd>?</kbd>
      </button>
      <p className="hidden-text" role="status">
        {said}
      </p>
      <dialog ref={dialog} className="dialog" aria-label={title}>
        <h2>{title}</h2>
        <dl className="keys">
          {shortcuts.map((one) => (
            <div key={one.keys}>
              <dt>
                {one.keys.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{one.label}</dd>
            </div>
          ))}
        </dl>
        <p className="hint">{text('keysRest')}</p>
        <div className="row">
          <button type="button" className={buttonLook({ kind: 'quiet' })} aria-pressed={!on} onClick={turn}>
            {text('keysTurnOff')}
          </button>
          <button type="button" className={buttonLook({})} onClick={() => dialog.current?.close()}>
            {text('close')}
          </button>
        </div>
      </dialog>
    </>
  );
}

const ticks = (state = '') => [...document.querySelectorAll<HTMLInputElement>(`tbody input[type=checkbox]${state}`)];

/** Moves the focus to the link of the next row, or of the first. */
function toRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll('main tbody tr')];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by));
  rows[next]?.querySelector<HTMLElement>('a')?.focus();
}

/** Turns the tick of the row that has the focus. */
function tickRow(): boolean {
  const tick = document.activeElement?.closest('tr')?.querySelector<HTMLElement>('input[type=checkbox]');
  tick?.click();
  return Boolean(tick);
}

function kept(): string | null {
  try {
    return localStorage.getItem(store);
  } catch {
    return null;
  }
}

function keep(value: string): void {
  try {
    localStorage.setItem(store, value);
  } catch {
    // a browser that keeps nothing: the switch counts until the page is left
  }
}
