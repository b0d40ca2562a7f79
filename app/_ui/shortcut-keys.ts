/** What decides whether a key press is a shortcut, apart from the browser. */
export interface Press {
  key: string;
  /** something is being composed: Telex, VNI, any input method */
  composing: boolean;
  /** Ctrl, Alt or the system's key is held: the browser's own shortcuts stay the browser's */
  modified: boolean;
  /** the focus is where one types or chooses */
  typing: boolean;
  /** a dialog is open */
  covered: boolean;
}

/** Two keys one after the other belong together within this time, in ms. */
export const chordMs = 1200;

export type Heard = { kind: 'none' } | { kind: 'pending'; keys: string } | { kind: 'match'; keys: string };

/** What a press means after what was pressed just before; never while somebody types or composes. */
export function hear(press: Press, before: string, known: readonly string[]): Heard {
  if (press.composing || press.modified || press.typing || press.covered) return { kind: 'none' };
  if (press.key.length !== 1) return { kind: 'none' };
  const key = press.key === '?' ? '?' : press.key.toLowerCase();
  const chord = before ? `${before} ${key}` : key;
  for (const keys of [chord, key]) {
    if (known.includes(keys)) return { kind: 'match', keys };
    if (known.some((one) => one.startsWith(`${keys} `))) return { kind: 'pending', keys };
  }
  return { kind: 'none' };
}
