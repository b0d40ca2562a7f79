'use client';
import { useState, useSyncExternalStore } from 'react';
import { buttonLook } from './button-look.ts';
import { useKitText } from './texts.tsx';

const never = () => () => {};

/** A code people need elsewhere, with a button that copies it where scripts run. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const kit = useKitText();
  const [copied, setCopied] = useState(false);
  const canCopy = useSyncExternalStore(
    never,
    () => Boolean(navigator.clipboard),
    () => false,
  );
  return (
    <span className="row">
      <code>{text}</code>
      {canCopy && (
        <button
          type="button"
          className={buttonLook({ kind: 'quiet', small: true })}
          onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          {kit('copy')} <span className="hidden-text">{label}</span>
        </button>
      )}
      <span role="status">{copied ? kit('copied') : ''}</span>
    </span>
  );
}
