import type { Actor } from '#server/platform/actor.ts';

/** Who wrote a line of the history: an official's id, or the name of the step. Never shown to the public. */
export const recordedBy = (actor: Actor): string =>
  actor.kind === 'person' ? actor.userId : actor.kind === 'system' ? actor.name : 'anonymous';
