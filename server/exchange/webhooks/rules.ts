import { createHmac } from 'node:crypto';

export const webhookKinds = ['added', 'changed', 'closed', 'licence'] as const;
export type WebhookKind = (typeof webhookKinds)[number];

/** Which of the kinds a line of history is. What is named nowhere is a change. */
export function kindOf(action: string): WebhookKind {
  if (['registered', 'imported', 'reopened'].includes(action)) return 'added';
  if (['closed', 'merged'].includes(action)) return 'closed';
  return /^licence|^suspension/.test(action) ? 'licence' : 'changed';
}

const minutes = [1, 5, 30, 120, 360, 720, 1440] as const;
/** After so many attempts in vain a delivery is parked: about two days. */
export const mostAttempts = minutes.length + 1;

/** When the next attempt is due after so many in vain; null: there is none, it is parked. */
export function nextAttempt(attempts: number, now: Date): Date | null {
  const wait = minutes[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait * 60_000);
}

/** `v1=` and the HMAC-SHA256, in hex, of the seconds since 1970, a full stop and the body. */
export const signatureOf = (secret: string, seconds: number, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** Why an answer is no receipt; null: it is one. */
export function faultOf(status: number): 'redirect' | 'refused' | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'refused';
}
