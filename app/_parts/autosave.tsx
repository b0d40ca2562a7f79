'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { formatTime } from '#app/_ui/format.ts';
import { useKitText } from '#app/_ui/texts.tsx';
import { keepsTyped } from '#app/_ui/typed-input.ts';
import { choiceChanged } from './choice-changed.ts';

/** `why`: nothing of this form is kept any more, and a better line would not help */
export interface NotKept {
  failed: true;
  why?: string;
}

type Save = (data: FormData) => Promise<{ savedAt: Date; conflict?: boolean } | NotKept>;

/** How long after the last key what was typed is kept. */
const pauseMs = 1200;

/** Keeps the form it stands in while one types, and says when it did. Without a script the form is kept when it is sent. */
export function Autosave({ save, savedAt }: { save: Save; savedAt: Date | null }) {
  const text = useKitText();
  const line = useRef<HTMLParagraphElement>(null);
  const [said, setSaid] = useState(savedAt ? text('savedAt', { time: formatTime(savedAt) }) : '');
  // `save` and `text` are new whenever the page is drawn again: what waits to be kept must not be given up for that
  const keep = useEffectEvent(async (form: HTMLFormElement) => {
    const answer = await save(new FormData(form)).catch((): NotKept => ({ failed: true }));
    if ('failed' in answer) setSaid(answer.why ?? text('notSaved'));
    else setSaid(text(answer.conflict ? 'savedButOthers' : 'savedAt', { time: formatTime(answer.savedAt) }));
  });
  useEffect(() => {
    const form = line.current?.closest('form');
    if (!form) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running: Promise<void> | undefined;
    const stop = () => {
      clearTimeout(timer);
      timer = undefined;
    };
    /** At once, where something waits to be kept: whoever leaves the page a moment after the last key loses nothing. */
    const now = () => {
      if (timer !== undefined) {
        stop();
        running = keep(form);
      }
      return running ?? Promise.resolve();
    };
    const later = () => {
      stop();
      // what stood there was said of earlier input
      setSaid('');
      timer = setTimeout(now, pauseMs);
    };
    const hidden = () => document.visibilityState === 'hidden' && now();
    const forget = keepsTyped(now);
    form.addEventListener('input', later);
    form.addEventListener('submit', stop);
    document.addEventListener('visibilitychange', hidden);
    // on a slow line one types before this script is there
    if (isChanged(form)) later();
    return () => {
      forget();
      now();
      form.removeEventListener('input', later);
      form.removeEventListener('submit', stop);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, []);
  return (
    <p className="hint" role="status" ref={line}>
      {said}
    </p>
  );
}

/** Whether a form says something else than the page it came with. */
function isChanged(form: HTMLFormElement): boolean {
  return [...form.elements].some((control) => {
    if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
    if (control instanceof HTMLSelectElement) return choiceChanged(control);
    if (!(control instanceof HTMLInputElement) || ['hidden', 'file'].includes(control.type)) return false;
    return ['checkbox', 'radio'].includes(control.type)
      ? control.checked !== control.defaultChecked
      : control.value !== control.defaultValue;
  });
}
