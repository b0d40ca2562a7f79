/** States of a document and what moves it. Drafted, initialled by the head, signed by the leader, numbered and sealed by the clerk. */
export type DocumentState = 'draft' | 'initialled' | 'signed' | 'issued' | 'returned' | 'cancelled';
export type DocumentAction = 'initial' | 'sign' | 'issue' | 'return' | 'cancel';

/** From which states an action leads where; what is not listed is refused. */
const transitions: Record<DocumentAction, Partial<Record<DocumentState, DocumentState>>> = {
  initial: { draft: 'initialled' },
  sign: { initialled: 'signed' },
  issue: { signed: 'issued' },
  return: { draft: 'returned', initialled: 'returned', signed: 'returned' },
  cancel: { draft: 'cancelled', initialled: 'cancelled', signed: 'cancelled', returned: 'cancelled' },
};

/** The state an action leads to, or undefined when it is not possible. */
export const nextState = (state: DocumentState, action: DocumentAction): DocumentState | undefined =>
  transitions[action][state];

/** Whether an action was already taken: the answer to a second attempt is then a conflict, not a refusal. */
export function isPast(state: DocumentState, action: DocumentAction): boolean {
  const order: DocumentState[] = ['draft', 'initialled', 'signed', 'issued'];
  const target = Object.values(transitions[action])[0];
  return target !== undefined && order.includes(target) && order.indexOf(state) >= order.indexOf(target);
}

/** Decree 30/2020: numbers below 10 take a leading zero. */
export const paddedNumber = (value: number): string => String(value).padStart(2, '0');

/**
 * The numbers somebody may mean who writes one in small letters, without the stroke of Đ or the leading zero. Each D may
 * be either letter; a text with more of them than any number has is taken as it is.
 */
export function possibleNumbers(typed: string): string[] {
  const written = typed.toUpperCase().replace(/^\d(?=\/)/, '0$&');
  const [first = '', ...rest] = written.split(/[DĐ]/);
  if (rest.length > 6) return [written];
  return rest.reduce((sofar, part) => sofar.flatMap((one) => [`${one}D${part}`, `${one}Đ${part}`]), [first]);
}

/** Day, month and year as they are printed: days below 10 and months 1 and 2 take a leading zero. */
export function printedDate(day: string): { day: string; month: string; year: string } {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  return { day: dayOfMonth, month: Number(month) > 2 ? String(Number(month)) : month, year };
}

/** Whether an issued document holds on a day: what was decided about it, and its last day. */
export function forceOn(
  document: { status: string | null; validTo: string | null },
  today: string,
): 'inForce' | 'suspended' | 'revoked' | 'superseded' | 'expired' | null {
  if (document.status === null) return null;
  if (document.status === 'inForce' && document.validTo !== null && document.validTo < today) return 'expired';
  return document.status as 'inForce' | 'suspended' | 'revoked' | 'superseded';
}

export const MAX_PIN_ATTEMPTS = 5;
/** What the holder of a locked key gets from the administrator. */
export const TRIES_AFTER_RELEASE = 2;
