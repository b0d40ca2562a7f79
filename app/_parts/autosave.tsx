'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { formatTime } from '#app/_ui/format.ts';
import { useKitText } from '#app/_ui/texts.tsx';
import { choiceChanged } from './choice-changed.ts';

type Save = (data: FormData) => Promise<{ savedAt: Date; conflict?: boolean } | { failed: true }>;

/** How long after the last key what was typed is kept. */
const pauseMs = 1200;

/** Keeps the form it stands in while one types, and says when it did. Without a script the form is kept when it is sent. */
export function Autosave({ save, savedAt }: { save: Save; savedAt: Date | null }) {
  const text = useKitText();
  const line = useRef<HTMLParagraphElement>(null);
  const [said, setSaid] = useState(savedAt ? text('savedAt', { time: formatTime(savedAt) }) : '');
  // `save` and `text` are new whenever the page is drawn again: what waits to be kept must not be given up for that
  const keep = useEffectEvent(async (form: HTMLFormElement) => {
    const answer = await save(new FormData(form)).catch(() => ({ failed: true }) as const);
    if ('failed' in answer) setSaid(text('notSaved'));
    else setSaid(text(answer.conflict ? 'savedButOthers' : 'savedAt', { time: formatTime(answer.savedAt) }));
  });
  useEffect(() => {
    const form = line.current?.closest('form');
    if (!form) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      // what stood there was said of earlier input
      setSaid('');
      timer = setTimeout(() => keep(form), pauseMs);
    };
    const stop = () => clearTimeout(timer);
    form.addEventListener('input', later);
    form.addEventListener('submit', stop);
    // on a slow line one types before this script is there
    if (isChanged(form)) later();
    return () => {
      stop();
      form.removeEventListener('input', later);
      form.removeEventListener('submit', stop);
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
