'use client';
import { useEffect, useRef, useState } from 'react';
import { localePath } from '#i18n/locale-path.ts';
import { buttonLook } from './button-look.ts';
import { formatTime } from './format.ts';
import { isThere, rest, type TimeLeft, untilEnd, type Word, wordOf } from './session-watch.ts';
import { useKitLocale, useKitText } from './texts.tsx';

/** Pages that are left at once never ask. */
const firstLook = 5_000;
const afterFailure = 30_000;
const sentences = { idle: 'sessionIdle', whole: 'sessionWhole', ended: 'sessionOver' } as const;

const ask = async (method: 'GET' | 'POST'): Promise<TimeLeft | null> => {
  const answer = await fetch('/api/session', { method, cache: 'no-store' });
  if (!answer.ok) throw new Error(`The session answered ${answer.status}.`);
  return (await answer.json()) as TimeLeft | null;
};

/**
 * Says some minutes before that the session ends, and lets one stay (WCAG 2.2.1). Who typed or clicked meanwhile is
 * there and is not asked. Without JavaScript a form that is sent too late is kept and filled in again.
 */
export function SessionEnd() {
  const [said, setSaid] = useState<{ word: Exclude<Word, 'nothing'>; at: Date } | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const text = useKitText();
  const locale = useKitLocale();
  const again = useRef<() => void>(() => {});

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    let lastAct = Number.NEGATIVE_INFINITY;
    let read: Word = 'nothing';
    const acted = () => {
      lastAct = performance.now();
    };
    const look = async (method: 'GET' | 'POST' = 'GET') => {
      clearTimeout(timer);
      let next = afterFailure;
      try {
        let left = await ask(method);
        if (wordOf(left) === 'idle' && isThere(performance.now() - lastAct)) left = await ask('POST');
        if (gone) return;
        const word = wordOf(left);
        next = rest(left);
        // what was read and closed is not said twice
        if (word !== read) {
          read = word;
          setSaid(word === 'nothing' ? null : { word, at: new Date(Date.now() + untilEnd(left)) });
        }
      } catch {
        // the line is down: it is asked again, and a form that is sent too late is kept
      }
      clearTimeout(timer);
      if (!gone) timer = setTimeout(look, next);
    };
    const seen = () => {
      if (!document.hidden) void look();
    };
    again.current = () => void look('POST');
    timer = setTimeout(look, firstLook);
    document.addEventListener('visibilitychange', seen);
    document.addEventListener('keydown', acted, { passive: true });
    document.addEventListener('pointerdown', acted, { passive: true });
    return () => {
      gone = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
      document.removeEventListener('keydown', acted);
      document.removeEventListener('pointerdown', acted);
    };
  }, []);

  const word = said?.word ?? 'nothing';
  useEffect(() => {
    const shown = dialog.current;
    if (word === 'nothing') shown?.close();
    else if (shown?.showModal) {
      if (!shown.open) shown.showModal();
      // what had the focus may have gone with the words before
      shown.querySelector<HTMLElement>('a, button')?.focus();
    }
  }, [word]);

  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className="dialog"
      role="alertdialog"
      aria-labelledby="session-end"
      aria-describedby="session-end-lead"
    >
      <h2 id="session-end">{text(word === 'ended' ? 'sessionEnded' : 'sessionEnds')}</h2>
      <p id="session-end-lead">{said && text(sentences[said.word], { time: formatTime(said.at) })}</p>
      <div className="row">
        {word === 'idle' && (
          <button type="button" className={buttonLook({})} onClick={() => again.current()}>
            {text('sessionStay')}
          </button>
        )}
        {word === 'whole' && (
          <button type="button" className={buttonLook({})} onClick={close}>
            {text('sessionRead')}
          </button>
        )}
        {word === 'ended' ? (
          <>
            <a className={buttonLook({})} href={localePath(locale, '/sign-in')} target="_blank" rel="noopener">
              {text('sessionSignIn')}
            </a>
            <button type="button" className={buttonLook({ kind: 'quiet' })} onClick={close}>
              {text('close')}
            </button>
          </>
        ) : (
          <a className={buttonLook({ kind: 'quiet' })} href={localePath(locale, '/sign-out')}>
            {text('sessionLeave')}
          </a>
        )}
      </div>
    </dialog>
  );
}
