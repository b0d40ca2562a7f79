import { z } from 'zod';
import { Id } from '#server/platform/input.ts';

export const Locale = z.enum(['vi', 'en']);
export type Locale = z.infer<typeof Locale>;

const Code = z.object({ code: z.string().min(1) });
/** An instant (ISO 8601), a day (yyyy-mm-dd) or a day already written dd/MM/yyyy: the text prints the last form. */
const Day = z.string().min(1);

/** Who is away, and who is asked in their place. */
const StandIn = z.object({ name: z.string().min(1), standIn: z.string().min(1), on: Day, until: Day });

/** Every kind of notice and what its text needs; anything else handed over is not kept. Money in whole đồng. */
export const NoticeData = {
  'confirm-email': z.object({}),
  'already-registered': z.object({}),
  'reset-password': z.object({}),
  'official-invited': z.object({}),
  'second-factor-added': z.object({}),
  'second-factor-reset': z.object({}),
  'backup-code-used': z.object({ left: z.number().int().min(0) }),
  'passkey-added': z.object({}),
  'identity-linked': z.object({}),
  filed: Code,
  'payment-due': Code.extend({ amount: z.number().int().positive() }),
  'payment-settled': Code.extend({ amount: z.number().int().positive() }),
  'money-held': Code.extend({ amount: z.number().int().positive() }),
  'refund-declined': Code.extend({ amount: z.number().int().positive() }),
  'refund-sent': Code.extend({ amount: z.number().int().positive() }),
  received: Code.extend({ dueAt: Day }),
  'refused-at-receipt': Code,
  'supplement-requested': Code.extend({ answerDueAt: Day }),
  'correction-requested': Code.extend({ answerDueAt: Day }),
  'supplement-lapsed': Code,
  'inspection-planned': Code.extend({ on: Day }),
  'result-ready': Code,
  'result-collected': Code,
  withdrawn: Code,
  'licence-expiring': z.object({ number: z.string().min(1), on: Day }),
  'task-assigned': Code,
  'returned-by-leader': Code,
  'returned-before-seal': Code,
  'message-received': Code,
  'answer-reminder': Code.extend({ answerDueAt: Day }),
  extended: Code.extend({ dueAt: Day }),
  'deadline-near': Code.extend({ dueAt: Day, share: z.number().int().positive() }),
  'deadline-passed': Code.extend({ dueAt: Day, share: z.number().int().positive() }),
  'extension-proposed': Code,
  'proposal-decided': Code,
  'task-reassigned': Code,
  delegated: z.object({ name: z.string().min(1), on: Day, until: Day }),
  'stand-in-away': StandIn,
  'stand-in-away-uncovered': StandIn,
  'nobody-stands-in': StandIn,
  'file-quarantined': z.object({}),
  'webhook-stopped': z.object({ host: z.string().min(1), days: z.number().int().positive() }),
  'drug-recall': z.object({
    number: z.string().min(1),
    name: z.string().min(1),
    // notices of before it was said
    facility: z.string().min(1).default('none'),
    on: Day,
  }),
} as const;
export type NoticeKind = keyof typeof NoticeData;
export type NoticeValues = Record<string, string | number>;

const kinds = Object.keys(NoticeData) as [NoticeKind, ...NoticeKind[]];
export const NoticeKind = z.enum(kinds);

/** Kinds whose link is itself a secret: it is forgotten once the mail has been delivered. */
export const secretKinds: readonly NoticeKind[] = ['confirm-email', 'reset-password', 'official-invited'];

/** Payload of the job `mail.send`. `link`: a path inside the application or an absolute address. */
export const SendMail = z.object({
  dedupeKey: z.string().min(1).max(300),
  to: z.string().includes('@').max(320),
  locale: Locale,
  kind: NoticeKind,
  data: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  link: z.string().min(1).optional(),
});
export type SendMail = z.input<typeof SendMail>;

export const ListNotifications = z.strictObject({
  locale: Locale,
  unreadOnly: z.boolean().default(false),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});
export type ListNotifications = z.infer<typeof ListNotifications>;

/** One notice, or with `id: null` all of one's own. */
export const MarkRead = z.strictObject({ id: Id.nullable() });
export type MarkRead = z.infer<typeof MarkRead>;

/** The demo mailbox: by address or by words of the subject. */
export const SearchMails = z.strictObject({
  q: z.string().trim().max(200).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});
export type SearchMails = z.infer<typeof SearchMails>;
export const MailId = z.strictObject({ id: Id });
export type MailId = z.infer<typeof MailId>;
