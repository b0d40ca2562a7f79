import type { Actor, Verdict } from './actor.ts';
import { AppError, notFound } from './errors.ts';

/** Turns a refusal into the error people see. */
export function authorise(verdict: Verdict): void {
  if (verdict.allowed) return;
  if (verdict.hidden) notFound();
  throw new AppError(verdict.reason === 'errors.unauthenticated' ? 'unauthenticated' : 'forbidden', verdict.reason);
}

/**
 * Finds what a call is about. Where it is not found, a stranger is told to sign in first, as if it were there, if the
 * policy says so to every stranger (it is asked about nothing): the answer does not tell which ids exist.
 */
export async function found<Subject>(
  actor: Actor,
  load: () => Promise<Subject>,
  ask: (nothing: Subject) => Verdict,
): Promise<Subject> {
  try {
    return await load();
  } catch (error) {
    if (actor.kind === 'anonymous' && error instanceof AppError && error.code === 'notFound') signInFirst(ask);
    throw error;
  }
}

/** Whatever a policy looks up in it, it finds nothing there. */
const nothingAtAll: unknown = new Proxy(() => undefined, {
  get: (_target, key) => (key === Symbol.toPrimitive ? () => '' : key === Symbol.iterator ? undefined : nothingAtAll),
  apply: () => nothingAtAll,
});

function signInFirst<Subject>(ask: (nothing: Subject) => Verdict): void {
  let told: Verdict;
  try {
    told = ask(nothingAtAll as Subject);
  } catch {
    // a policy that needs the thing to answer has nothing to say to strangers
    return;
  }
  if (told.allowed === false && told.reason === 'errors.unauthenticated') authorise(told);
}
