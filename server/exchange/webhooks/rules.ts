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

/** So many attempts in a row in vain, at whatever deliveries, and the receiver rests. */
export const failuresBeforeRest = 5;
const rests = [5, 15, 30, 60, 120, 240, 360] as const;
/** A receiver that has taken nothing for so many days is sent nothing any more. */
export const daysBeforeStop = 5;

/** How a receiver stands: what failed in a row at it, since when, and whether it rests. */
export interface Standing {
  failures: number;
  failingSince: Date | null;
  restingUntil: Date | null;
}

/** A receiver that takes what it is sent. */
export const wellStanding: Standing = { failures: 0, failingSince: null, restingUntil: null };

/** When sending to a receiver that fails since then comes to its end. */
export const stopsAt = (failingSince: Date): Date => new Date(failingSince.getTime() + daysBeforeStop * 86_400_000);

/** How a receiver stands after one more attempt in vain; `stops`: it has had its days. */
export function afterFailure({ failures, failingSince }: Standing, now: Date): Standing & { stops: boolean } {
  const since = failingSince ?? now;
  const count = failures + 1;
  const over = count - failuresBeforeRest;
  if (over < 0) return { failures: count, failingSince: since, restingUntil: null, stops: false };
  if (now >= stopsAt(since)) return { failures: count, failingSince: since, restingUntil: null, stops: true };
  const minutesLong = rests[Math.min(over, rests.length - 1)]!;
  return {
    failures: count,
    failingSince: since,
    restingUntil: new Date(now.getTime() + minutesLong * 60_000),
    stops: false,
  };
}

/** How long deliveries bear the signature of the former key too, so that a receiver can change it without missing any. */
export const hoursOfFormerKey = 24;

/** `v1=` and the HMAC-SHA256, in hex, of the seconds since 1970, a full stop and the body. */
export const signatureOf = (secret: string, seconds: number, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** Why an answer is no receipt; null: it is one. */
export function faultOf(status: number): 'redirect' | 'refused' | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'refused';
}
