/** When a page says that its session ends, and when it looks again. Times are ms; the page's own clock is not believed. */

/** As `/api/session` tells it: what is left until the end for want of a sign of life, and until the one nothing moves. */
export interface TimeLeft {
  idle: number;
  whole: number;
}

/** What is said: nothing yet; that one may stay; that it ends for good; that it has ended. */
export type Word = 'nothing' | 'idle' | 'whole' | 'ended';

const minute = 60_000;
/** How long before the end it is said: time to read, decide and send what is begun (WCAG 2.2.1 asks for 20 s). */
export const warning = 5 * minute;
/** A session may also be ended from elsewhere. */
const longestRest = 10 * minute;
/** While something is said, another window may have prolonged the session. */
const shortRest = 15_000;

/** How long until the nearer end. */
export const untilEnd = (left: TimeLeft | null): number => (left === null ? 0 : Math.min(left.idle, left.whole));

export function wordOf(left: TimeLeft | null): Word {
  if (left === null || untilEnd(left) <= 0) return 'ended';
  if (left.whole <= warning) return 'whole';
  return left.idle <= warning ? 'idle' : 'nothing';
}

/** Whoever typed or clicked since the warning was due is there: the session is prolonged without a word. */
export const isThere = (sinceLastAct: number): boolean => sinceLastAct < warning;

/** How long until it is looked at again. */
export function rest(left: TimeLeft | null): number {
  const word = wordOf(left);
  if (word === 'ended') return longestRest;
  const due = word === 'nothing' ? untilEnd(left) - warning : untilEnd(left);
  return Math.min(word === 'nothing' ? longestRest : shortRest, due + 500);
}
