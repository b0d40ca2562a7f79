'use client';
import { useEffect, useRef, useState } from 'react';
import { formatTime } from '#app/_ui/format.ts';
import { useKitText } from '#app/_ui/texts.tsx';

type Save = (data: FormData) => Promise<{ savedAt: Date; conflict?: boolean } | { failed: true }>;

/** How long after the last key what was typed is kept. */
const pauseMs = 1200;

/** Keeps the form it stands in while one types, and says when it did. Without a script the form is kept when it is sent. */
export function Autosave({ save, savedAt }: { save: Save; savedAt: Date | null }) {
  const text = useKitText();
  const line = useRef<HTMLParagraphElement>(null);
  const [said, setSaid] = useState(savedAt ? text('savedAt', { time: formatTime(savedAt) }) : '');
  useEffect(() => {
    const form = line.current?.closest('form');
    if (!form) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = async () => {
      const answer = await save(new FormData(form)).catch(() => ({ failed: true }) as const);
      if ('failed' in answer) setSaid(text('notSaved'));
      else setSaid(text(answer.conflict ? 'savedButOthers' : 'savedAt', { time: formatTime(answer.savedAt) }));
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, pauseMs);
    };
    const stop = () => clearTimeout(timer);
    form.addEventListener('input', later);
    form.addEventListener('submit', stop);
    return () => {
      stop();
      form.removeEventListener('input', later);
      form.removeEventListener('submit', stop);
    };
  }, [save, text]);
  return (
    <p className="hint" role="status" ref={line}>
      {said}
    </p>
  );
}
