import { channel } from 'node:diagnostics_channel';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '#server/platform/index.ts';
import { isCommonPassword } from './common-passwords.ts';
import { turns } from './turns.ts';

/** Argon2id as OWASP's password storage sheet asks at least: 19 MiB, two passes, one lane. About 11 ms each. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const currentPrefix = '$argon2id$v=19$m=19456,t=2,p=1$';

/** Hashes in this process: they would otherwise take every thread and 19 MiB each. A hundred wait about half a second. */
export const hashingTurns = { atOnce: 2, mayWait: 100 } as const;
const inTurn = turns(hashingTurns);

/** Letters with marks are composed differently by different keyboards (RFC 8265); nothing else is changed. */
const composed = (password: string): string => password.normalize('NFC');

/** Tells whoever listens that a password is hashed, by the parameters, which are what it costs. */
export const hashing = 'mot-cua.password-hashing';
const told = channel(hashing);

/** Hashes a password as it was typed. */
export function hashPassword(password: string): Promise<string> {
  told.publish(currentPrefix);
  return inTurn(() => hash(composed(password), parameters));
}

let stranger: Promise<string> | undefined;

/** Made once. Where there was no turn for it the next who asks tries again: it must not stay refused for good. */
function hashOfNobody(): Promise<string> {
  stranger ??= hashPassword('the password of nobody');
  stranger.catch(() => {
    stranger = undefined;
  });
  return stranger;
}

/**
 * Whether a password is the one behind `stored`. Where there is none (unknown person, no password yet) the same work
 * is done and the answer is no, so that the time tells nothing.
 */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const nobody = hashOfNobody();
  const against = stored ?? (await nobody);
  told.publish(against.slice(0, currentPrefix.length));
  return (await inTurn(() => verify(against, composed(password)))) && stored !== null;
}

/** Whether a stored hash was made with weaker parameters than today's. */
export const isOutdated = (stored: string): boolean => !stored.startsWith(currentPrefix);

/** Refuses passwords that everybody tries first. `about`: words of this person, such as name and e-mail. */
export function refuseCommonPassword(password: string, about: string[], field = 'password'): void {
  if (isCommonPassword(password, about)) {
    throw new AppError('invalidInput', 'errors.invalidInput', {
      fields: [{ path: field, reason: 'identity.errors.passwordCommon' }],
    });
  }
}
