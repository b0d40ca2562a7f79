import { type Actor, allow, hide, signInFirst, type Verdict } from '#server/platform/actor.ts';

/** Notices are read by the person they were written to and nobody else. */
export function canReadNotice(actor: Actor, notice: { userId: string }): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  return actor.userId === notice.userId ? allow : hide;
}

/** The list of one's own notices. */
export const canListNotices = (actor: Actor): Verdict => (actor.kind === 'person' ? allow : signInFirst);

/** The demo mailbox shows everybody's mail: it exists in a demo without a mail server, and nowhere else. */
export const canOpenMailbox = (settings: { demo: boolean; smtpUrl: string | undefined }): Verdict =>
  settings.demo && settings.smtpUrl === undefined ? allow : hide;
