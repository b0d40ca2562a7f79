'use client';
import { useEffect, useRef } from 'react';
import { buttonLook } from '#app/_ui/button-look.ts';
import { useKitLocale } from '#app/_ui/texts.tsx';
import en from '../../messages/en/fault.json';
import vi from '../../messages/vi/fault.json';

export interface FaultProps {
  error: Error & { digest?: string };
  retry?: () => void;
  reset: () => void;
}

/** 500 and, for what is away for a moment, 503: what is safe, another try, the number to quote. */
export function ServerFault({ error, retry, reset }: FaultProps) {
  const texts = useKitLocale() === 'en' ? en : vi;
  const text = error.digest?.startsWith('unavailable') ? texts.unavailable : texts.server;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="wrap page">
      <title>{`${text.title} · ${texts.name}`}</title>
      <div className="fault prose">
        <p className="code">{text.code}</p>
        <h1 tabIndex={-1} ref={heading}>
          {text.title}
        </h1>
        <p>{text.text}</p>
        <ul>
          <li>{text.first}</li>
          <li>{text.second}</li>
        </ul>
        {error.digest && (
          <p className="hint">
            {texts.incident} {error.digest}
          </p>
        )}
        <div className="row">
          <button type="button" className={buttonLook({})} onClick={() => (retry ?? reset)()}>
            {texts.again}
          </button>
          <a href={texts.homeHref}>{texts.home}</a>
        </div>
      </div>
    </div>
  );
}
