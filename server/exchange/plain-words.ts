import en from '../../messages/en/dossiers.json' with { type: 'json' };
import vi from '../../messages/vi/dossiers.json' with { type: 'json' };

interface Words {
  vi: string;
  en: string;
}

/** The same entry of both message files; the key itself where a procedure has a step of its own. */
function wordsOf(table: 'steps' | 'roles' | 'states', key: string): Words {
  const find = (words: Record<string, string>) => words[key] ?? key;
  return { vi: find(vi[table]), en: find(en[table]) };
}

/** What happens at a step of the process, in plain words. */
export const stepWords = (step: string): Words => wordsOf('steps', step);
/** Whose turn it is: a desk, never a person. */
export const heldBy = (role: string): Words => wordsOf('roles', role);
export const stateWords = (state: string): Words => wordsOf('states', state);
