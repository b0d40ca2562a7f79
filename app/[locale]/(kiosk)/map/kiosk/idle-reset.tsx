'use client';
import { useEffect, useState } from 'react';

/** Seconds without a touch until it asks, and until it begins anew. */
const asksAfter = 60;
const endsAfter = 80;
const signs = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** Whoever comes next finds the beginning, not what somebody before looked for. `text` holds `{seconds}`. */
export function IdleReset({ home, text, stay, atHome }: { home: string; text: string; stay: string; atHome: boolean }) {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    let last = Date.now();
    let typed = !atHome;
    const touched = () => {
      last = Date.now();
      typed = true;
      setLeft(null);
    };
    for (const sign of signs) window.addEventListener(sign, touched, { passive: true });
    const clock = setInterval(() => {
      const idle = Math.floor((Date.now() - last) / 1000);
      // at the beginning, untouched, there is nothing to clear
      if (!typed || idle < asksAfter) return;
      if (idle >= endsAfter) window.location.replace(home);
      else setLeft(endsAfter - idle);
    }, 1000);
    return () => {
      clearInterval(clock);
      for (const sign of signs) window.removeEventListener(sign, touched);
    };
  }, [home, atHome]);
  if (left === null) return null;
  return (
    <div className="kiosk-idle" role="alert">
      <p>{text.replace('{seconds}', String(left))}</p>
      <button type="button" className="button primary">
        {stay}
      </button>
    </div>
  );
}
