import { generateSecret, generateSync, generateURI, verifySync } from 'otplib';

/** Codes of authenticator apps as RFC 6238 has them: six digits, thirty seconds, SHA-1, the only set every app knows. */
const period = 30;

/** The thirty-second step an instant is in. */
export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / period);

/** A new key: 160 bits in base32. */
export const newTotpSecret = (): string => generateSecret();

/** What the QR code says to the app. */
export const totpUri = (secret: string, email: string): string =>
  generateURI({ issuer: 'Một Cửa', label: email, secret });

/** The code of a step. */
export const codeOfStep = (secret: string, step: number): string =>
  generateSync({ secret, epoch: step * period, period });

/**
 * The step a code belongs to, among the present one and its neighbours; null when it is none of them, or when it or a
 * later one was used before (RFC 6238 section 5.2: a code is accepted once).
 */
export function acceptedStep(secret: string, code: string, now: Date, lastStep: number): number | null {
  const present = stepAt(now);
  for (const step of [present, present - 1, present + 1]) {
    if (step <= lastStep) continue;
    if (verifySync({ secret, token: code, epoch: step * period, period, epochTolerance: 0 }).valid) return step;
  }
  return null;
}

/** The code somebody could type now: that of the present step, or of the next when the present one is spent. */
export function presentCode(secret: string, now: Date, lastStep: number): string {
  const present = stepAt(now);
  return codeOfStep(secret, present > lastStep ? present : present + 1);
}
