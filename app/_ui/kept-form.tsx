'use client';
import { createContext, type ReactNode, useContext } from 'react';
import { useKitText } from './texts.tsx';

export interface KeptFormValues {
  /** which form of the page, by its id or label */
  name: string;
  values: Record<string, string | string[]>;
}

const Kept = createContext<KeptFormValues | null>(null);

/** Gives the forms of a page what was typed into one of them before the session ended. */
export function KeptFormProvider({ value, children }: { value: KeptFormValues | null; children: ReactNode }) {
  return <Kept value={value}>{children}</Kept>;
}

/** What was typed into this form before the session ended; null for every other. */
export function useKeptForm(name: string): KeptFormValues['values'] | null {
  const kept = useContext(Kept);
  return kept && kept.name === name ? kept.values : null;
}

/** Says why a form is filled in and that it was not sent. */
export function RestoredNotice() {
  const text = useKitText();
  return (
    <div className="notice wait" role="status">
      {text('restored')}
    </div>
  );
}
