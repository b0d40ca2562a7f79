'use client';
import { useEffect, useState } from 'react';

/** Copies a text. It appears with JavaScript only: without it the text beside can be selected. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const [state, setState] = useState<'hidden' | 'ready' | 'copied'>('hidden');
  useEffect(() => {
    if (navigator.clipboard) setState('ready');
  }, []);
  if (state === 'hidden') return null;
  return (
    <>
      <button
        type="button"
        className="button quiet small"
        onClick={async () => {
          await navigator.clipboard.writeText(text);
          setState('copied');
        }}
      >
        {label}
      </button>
      <span role="status" className="hint">
        {state === 'copied' ? done : ''}
      </span>
    </>
  );
}
