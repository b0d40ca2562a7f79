'use client';
import { useEffect, useRef, useState } from 'react';
import { useKitText } from './texts.tsx';

/** Ticks all rows of its form, or none; says how many are ticked. Without JavaScript each row has its own tick. */
export function ChooseAll({ name }: { name: string }) {
  const text = useKitText();
  const box = useRef<HTMLInputElement>(null);
  const [count, setCount] = useState<number>();
  const ticks = () => [
    ...(box.current?.form?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${name}"]`) ?? []),
  ];
  useEffect(() => {
    const form = box.current?.form;
    if (!form) return;
    const look = () => {
      const all = ticks();
      const chosen = all.filter((tick) => tick.checked).length;
      setCount(chosen);
      if (box.current) {
        box.current.checked = all.length > 0 && chosen === all.length;
        box.current.indeterminate = chosen > 0 && chosen < all.length;
      }
    };
    // a reset empties the ticks after its event
    const later = () => setTimeout(look);
    look();
    form.addEventListener('change', look);
    form.addEventListener('reset', later);
    return () => {
      form.removeEventListener('change', look);
      form.removeEventListener('reset', later);
    };
  });
  return (
    <div className="choice" hidden={count === undefined}>
      <input
        ref={box}
        id={`all-${name}`}
        type="checkbox"
        data-choose-all
        onChange={(event) => {
          for (const tick of ticks()) tick.checked = event.currentTarget.checked;
        }}
      />
      <label htmlFor={`all-${name}`}>{text('chooseAll')}</label>
      <span className="hint" role="status">
        {count ? text('chosen', { count }) : ''}
      </span>
    </div>
  );
}
