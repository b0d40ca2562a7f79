'use client';
import { useEffect, useState } from 'react';
import type { FieldProps } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/field.tsx';
import { choiceChanged } from './choice-changed.ts';

interface Option {
  value: string;
  label: string;
}

async function wardsOf(province: string, signal: AbortSignal): Promise<Option[]> {
  const answer = await fetch(`/api/territory/wards?province=${encodeURIComponent(province)}`, { signal });
  if (!answer.ok) throw new Error(`The list of wards answered ${answer.status}.`);
  const { items } = (await answer.json()) as { items: { code: string; fullName: string }[] };
  return items.map((ward) => ({ value: ward.code, label: ward.fullName }));
}

/** The wards of the province chosen in the same form. Without a script the list follows when the page is sent. */
export function WardField({
  options,
  province,
  ...field
}: FieldProps & { options: Option[]; province: string; defaultValue: string; empty: string }) {
  const [shown, setShown] = useState(options);
  useEffect(() => {
    const select = document.getElementsByName(province)[0];
    if (!(select instanceof HTMLSelectElement)) return;
    let asked = new AbortController();
    // arrow keys go through many provinces a second: only the answer for the last one may fill the list
    const follow = async () => {
      asked.abort();
      asked = new AbortController();
      const { signal } = asked;
      try {
        setShown(await wardsOf(select.value, signal));
      } catch {
        // no wards of another province; the page that is sent brings the right list, with a word on what is missing
        if (!signal.aborted) setShown([]);
      }
    };
    // chosen before this script ran, or put back by the browser
    if (select.value !== '' && (options.length === 0 || choiceChanged(select))) void follow();
    select.addEventListener('change', follow);
    return () => {
      asked.abort();
      select.removeEventListener('change', follow);
    };
  }, [province, options]);
  return <Select {...field} options={shown} />;
}
