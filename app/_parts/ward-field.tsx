'use client';
import { useEffect, useState } from 'react';
import type { FieldProps } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/field.tsx';

interface Option {
  value: string;
  label: string;
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
    const follow = async () => {
      const answer = await fetch(`/api/territory/wards?province=${encodeURIComponent(select.value)}`);
      if (answer.ok)
        setShown(
          ((await answer.json()) as { items: { code: string; fullName: string }[] }).items.map((ward) => ({
            value: ward.code,
            label: ward.fullName,
          })),
        );
    };
    // chosen before this script ran, or put back by the browser
    if (select.value !== '' && options.length === 0) void follow();
    select.addEventListener('change', follow);
    return () => select.removeEventListener('change', follow);
  }, [province, options]);
  return <Select {...field} options={shown} />;
}
