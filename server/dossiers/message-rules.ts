/** Days after the end of a dossier on which both sides may still write, for questions about the result. */
export const daysOpenAfterEnd = 30;
const day = 86_400_000;

/** The instant after which the thread is read-only; null while the dossier goes on. */
export const threadClosesAt = ({ closedAt }: { closedAt: Date | null }): Date | null =>
  closedAt && new Date(closedAt.getTime() + daysOpenAfterEnd * day);

/** What one message may carry. */
export const messageLimits = {
  text: 4000,
  files: 5,
  upload: { accepts: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 20 * 1_048_576 },
};

/** Name of the form a message is written in. */
export const messageForm = 'message';

/** The two sides of a thread. */
export type Side = 'applicant' | 'office';
