export { writeLines } from './quality/rules.ts';
export { recallKinds, recallStates } from './recalls/rules.ts';

/** Whether a drug may circulate on a day. */
export const drugStatuses = ['inForce', 'expired', 'withdrawn'] as const;
export type DrugStatus = (typeof drugStatuses)[number];

/** Derived from dates alone: a registration expires at 00:00 in Vietnam of the day after its last. */
export function drugStatus(
  { validTo, withdrawnOn }: { validTo: string | null; withdrawnOn: string | null },
  today: string,
): DrugStatus {
  if (withdrawnOn !== null && withdrawnOn <= today) return 'withdrawn';
  return validTo !== null && validTo < today ? 'expired' : 'inForce';
}

export const prescriptionClasses = ['otc', 'prescription', 'special-control'] as const;

/** What is wrong with a registration number on a day, as the end of a message key; null: nothing. */
export function registrationFault(text: string, today: string): 'digits' | 'year' | 'form' | null {
  // whatever dash an editor made of the hyphen
  const plain = text
    .normalize('NFKC')
    .replace(/[\s.]/g, '')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .toUpperCase();
  // whoever begins with four digits means the new form
  if (/^\d{4}/.test(plain)) {
    if (!/^\d{12}$/.test(plain)) return 'digits';
    return Number(plain.slice(10)) > Number(today.slice(2, 4)) ? 'year' : null;
  }
  return /^[A-ZĐ]{1,5}\d{0,3}-[A-Z]?\d{1,6}-\d{2}(-[A-Z0-9]+)?$/.test(plain) ? null : 'form';
}

const units = new Set(['mg', 'g', 'mcg', 'ug', 'ml', 'l', 'iu', 'ui', 'kg', 'mmol']);

/**
 * The words a drug is searched by, from text without marks: numbers and their units come apart, and a unit behind a number is
 * left out, so that `500mg`, `500 MG` and `500` ask for the same.
 */
export function drugWords(searchable: string): string[] {
  const words = searchable
    .replace(/(\d)([a-z])/g, '$1 $2')
    .split(' ')
    .filter((word) => word !== '');
  return words.filter((word, index) => !(units.has(word) && /^\d+$/.test(words[index - 1] ?? '')));
}
