import type { LicenceStatus } from '#server/facilities/rules.ts';

/** Bytes of the largest file that is verified: a certificate with its drawings is below 5 MB. */
export const maxVerifiedBytes = 25 * 1024 * 1024;

/** Whether what a document says holds now. */
export type Force = LicenceStatus;

/** The one sentence people look for. */
export type Outcome = 'valid' | 'notInForce' | 'altered' | 'unknown';

/** `valid`: issued here, intact and in force. `unknown`: not one of ours, so nothing is said for it. */
export function outcomeOf({
  verdict,
  issuedHere,
  status,
}: {
  verdict: string;
  issuedHere: boolean;
  status: Force | null;
}): Outcome {
  if (verdict === 'intact' && issuedHere) return status === null || status === 'inForce' ? 'valid' : 'notInForce';
  if (issuedHere || verdict === 'altered' || verdict === 'incomplete') return 'altered';
  return 'unknown';
}
