'use client';
import { createContext, type ReactNode, useContext } from 'react';

/** The few sentences the kit's interactive parts need, from `ui.client` of the message files. */
export interface KitTexts {
  locale: string;
  texts: Record<string, string>;
}

const Texts = createContext<KitTexts>({ locale: 'vi', texts: {} });

/** Gives the kit its sentences; the root layout holds one around everything. */
export function KitTextsProvider({ value, children }: { value: KitTexts; children: ReactNode }) {
  return <Texts value={value}>{children}</Texts>;
}

/** A sentence of the kit, with `{name}` places filled in. */
export function useKitText(): (key: string, values?: Record<string, string | number>) => string {
  const { texts } = useContext(Texts);
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export const useKitLocale = (): string => useContext(Texts).locale;
