import { z } from 'zod';
import { FileName, Id, line, paragraph } from '#server/platform/input.ts';
import { messageLimits } from './message-rules.ts';
import { refusalReasons } from './rules.ts';

export const DossierId = z.strictObject({ dossierId: Id });
export type DossierId = z.infer<typeof DossierId>;

export const CreateDraft = z.strictObject({
  procedureKey: z.string().min(1).max(100),
  /** the business it is for; null: the person */
  organisationId: Id.nullable(),
});

/** The holder asks for a licence to be renewed. */
export const StartRenewal = z.strictObject({ licenceId: Id });

/** What a page of the form sends: each field as text or a list of texts, as HTML forms do. */
export const SavePage = z.strictObject({
  dossierId: Id,
  pageId: z.string().min(1).max(100),
  values: z.record(z.string(), z.union([z.string().max(20_000), z.array(z.string().max(20_000)).max(200)])),
  /** `autosave` keeps what there is; `continue` also validates the page */
  mode: z.enum(['autosave', 'continue']),
  /** the draft's version when the page was opened, and a name for that opening: to see what others changed since */
  base: z.strictObject({ version: z.number().int().min(1), formId: z.uuid() }).optional(),
});
export const PageOfDraft = z.strictObject({ dossierId: Id, pageId: z.string().min(1).max(100) });
export const ResolveConflicts = PageOfDraft.extend({ choices: z.record(z.string(), z.enum(['mine', 'theirs'])) });

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'uploads.errors.missing');
export const AddPaper = z.strictObject({
  dossierId: Id,
  paperKey: z.string().min(1).max(100),
  fileName: FileName,
  bytes: Bytes,
});
/** A paper of the vault: what it is called, and the last day it holds (yyyy-mm-dd), if any. */
const LastDay = z.iso.date('errors.field.date').nullable();
export const AddVaultPaper = z.strictObject({
  organisationId: Id.nullable(),
  kind: z.string().min(1).max(100),
  fileName: FileName,
  validTo: LastDay,
  bytes: Bytes,
});
export const EditVaultPaper = z.strictObject({ vaultPaperId: Id, name: line(200), validTo: LastDay });
export const VaultPaperId = z.strictObject({ vaultPaperId: Id });
export const PaperOfDossier = z.strictObject({ dossierId: Id, paperKey: z.string().min(1).max(100) });
const Sha256 = z.string().length(44);
/** A file that will come in pieces; `size` in bytes, `sha256` of the whole in base64, where the sender computed it. */
export const BeginUpload = PaperOfDossier.extend({
  fileName: FileName,
  size: z
    .int()
    .min(1)
    .max(100 * 1_048_576),
  sha256: Sha256.optional(),
});
export const UploadId = z.strictObject({ uploadId: Id });
/** The piece that begins at `offset`; `sha256` in base64, where the sender computed it. */
export const AppendUpload = UploadId.extend({
  offset: z.int().min(0),
  bytes: Bytes.refine(
    (bytes) => bytes.byteLength > 0 && bytes.byteLength <= 4 * 1_048_576,
    'uploads.errors.tooManyBytes',
  ),
  sha256: Sha256.optional(),
});
/** `sourceId`: the paper in the vault, or the file of an issued certificate */
export const ReusePaper = PaperOfDossier.extend({ from: z.enum(['vault', 'certificate']), sourceId: Id });
export type ReusePaper = z.infer<typeof ReusePaper>;

export const RemovePaper = z.strictObject({ dossierId: Id, paperId: Id });

/** A message to the other side: words, and files that were put to it before. */
export const SendMessage = z.strictObject({
  dossierId: Id,
  text: paragraph(messageLimits.text, 'correspondence.errors.empty'),
  /** new for each message: what is sent again under the same key is there once */
  messageKey: Id,
});
export const KeepMessage = z.strictObject({ dossierId: Id, text: z.string().max(20_000) });
export const AttachToMessage = z.strictObject({ dossierId: Id, fileName: FileName, bytes: Bytes });
export const DropAttachment = z.strictObject({ dossierId: Id, fileId: Id });

export const FileDossier = z.strictObject({
  dossierId: Id,
  submissionKey: z.string().min(8).max(100),
  /** what the applicant saw when they declared, by `draft.contentDigest` */
  contentDigest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  declared: z.literal(true, 'dossiers.errors.declarationMissing'),
});

export const ReceiveDossier = z.strictObject({ dossierId: Id });
export const RefuseReceipt = z.strictObject({
  dossierId: Id,
  reason: z.enum(refusalReasons),
  explanation: paragraph(2000),
});

const Checklist = z
  .array(
    z.strictObject({
      key: z.string().min(1).max(100),
      label: line(500),
      outcome: z.enum(['met', 'unmet', 'notApplicable']),
      note: z.string().max(1000).optional(),
    }),
  )
  .min(1)
  .max(100);

export const RequestedItem = z.strictObject({
  target: z.string().min(1).max(200),
  kind: z.enum(['field', 'paper']),
  note: paragraph(1000),
  legalGround: line(300).optional(),
});

export const AssessDossier = z
  .strictObject({
    dossierId: Id,
    checklist: Checklist,
    opinion: paragraph(4000),
    outcome: z.enum(['inspect', 'supplement', 'reject']),
    /** only with `supplement`: what the applicant is asked for */
    items: z.array(RequestedItem).max(100).default([]),
    /** only with a further `supplement`: why one was not enough; the leader reads it */
    reason: z.string().max(2000).default(''),
  })
  .refine((input) => input.outcome !== 'supplement' || input.items.length > 0, {
    path: ['items'],
    message: 'dossiers.errors.supplementWithoutItems',
  });
export type AssessDossier = z.infer<typeof AssessDossier>;

/** The leader's answer to what was proposed; reasoned either way. */
export const DecideProposal = z.strictObject({
  dossierId: Id,
  approve: z.boolean('errors.field.choice'),
  reason: paragraph(2000),
});

export const ProposeExtension = z.strictObject({
  dossierId: Id,
  /** working days from the present appointment */
  days: z.number('deadlines.errors.days').int('deadlines.errors.days').positive('deadlines.errors.days'),
  reason: paragraph(2000),
});

export const ReleaseStep = z.strictObject({ dossierId: Id, reason: z.string().max(1000).default('') });
export const ReassignStep = z.strictObject({ dossierId: Id, toUserId: Id, reason: paragraph(1000) });
export const RecallMove = z.strictObject({ dossierId: Id, reason: paragraph(1000) });

/** Both days included; at most a year. */
interface Days {
  fromOn: string;
  toOn: string;
}
const inOrder = ({ fromOn, toOn }: Days): boolean => toOn >= fromOn;
const aYearAtMost = ({ fromOn, toOn }: Days): boolean => Date.parse(toOn) - Date.parse(fromOn) <= 366 * 86_400_000;
/** What is no day is told once, not compared as well. */
const whenBothAreDays = ({ value }: { value: unknown }): boolean => TwoDays.safeParse(value).success;
const TwoDays = z.object({ fromOn: z.iso.date(), toOn: z.iso.date() });

export const Delegate = z
  .strictObject({
    organisationId: Id,
    toUserId: Id,
    fromOn: z.iso.date('errors.field.date'),
    toOn: z.iso.date('errors.field.date'),
    reason: paragraph(1000),
  })
  .refine(inOrder, { path: ['toOn'], message: 'deadlines.errors.delegationBackwards', when: whenBothAreDays })
  .refine(aYearAtMost, { path: ['toOn'], message: 'deadlines.errors.delegationTooLong', when: whenBothAreDays });
export const EndDelegation = z.strictObject({ delegationId: Id });

export const TrackingLogRange = z
  .strictObject({ organisationId: Id, fromOn: z.iso.date('errors.field.date'), toOn: z.iso.date('errors.field.date') })
  .refine(inOrder, { path: ['toOn'], message: 'deadlines.errors.rangeBackwards', when: whenBothAreDays })
  .refine(aYearAtMost, { path: ['toOn'], message: 'deadlines.errors.rangeTooLong', when: whenBothAreDays });

export const SaveRequestAnswer = z.strictObject({
  dossierId: Id,
  values: z.record(z.string(), z.union([z.string().max(20_000), z.array(z.string().max(20_000)).max(200)])),
  replies: z.record(z.string(), z.string().max(2000)).default({}),
  mode: z.enum(['autosave', 'continue']).default('autosave'),
});
export const SendRequestAnswer = z.strictObject({ dossierId: Id });

export const PlanInspection = z.strictObject({
  dossierId: Id,
  scheduledOn: z.iso.date('errors.field.date'),
  place: line(300),
  team: z
    .array(z.strictObject({ userId: Id, role: z.enum(['lead', 'member', 'secretary']) }))
    .min(1)
    .max(10)
    .refine((team) => team.filter((m) => m.role === 'lead').length === 1, 'dossiers.errors.oneTeamLead')
    .refine((team) => new Set(team.map((m) => m.userId)).size === team.length, 'dossiers.errors.memberTwice'),
});

export const RecordInspection = z
  .strictObject({
    dossierId: Id,
    presentParty: line(300),
    checklist: Checklist,
    findings: z.array(z.strictObject({ key: z.string().min(1).max(50), text: paragraph(1000) })).max(50),
    conclusion: paragraph(4000),
    outcome: z.enum(['pass', 'correct', 'fail']),
  })
  .refine((input) => input.outcome !== 'correct' || input.findings.length > 0, {
    path: ['findings'],
    message: 'dossiers.errors.correctionWithoutFindings',
  })
  .refine((input) => input.outcome !== 'pass' || input.checklist.every((entry) => entry.outcome !== 'unmet'), {
    path: ['outcome'],
    message: 'dossiers.errors.passWithUnmet',
  });

export const AddInspectionPhoto = z.strictObject({
  dossierId: Id,
  fileName: FileName,
  caption: z.string().max(300).optional(),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'uploads.errors.missing'),
});

export const DraftResult = z.strictObject({
  dossierId: Id,
  kind: z.enum(['certificate', 'refusal']),
  /** reasons of a refusal, or what is printed under the certificate's particulars */
  text: z.string().max(4000).default(''),
  /** the leader who is to sign */
  signerId: Id,
  /** where the validity of a certificate ends; none: unlimited */
  validTo: z.iso.date('errors.field.date').nullable().default(null),
});

const Pin = z.string('errors.field.required').regex(/^\d{6,12}$/, 'dossiers.errors.pinFormat');
/** `sha256` is that of the bytes the signer was shown: what is signed is what was seen. */
export const SignResult = z.strictObject({ dossierId: Id, pin: Pin, sha256: z.string().regex(/^[0-9a-f]{64}$/) });
export const ReturnResult = z.strictObject({ dossierId: Id, comment: paragraph(2000) });
export const IssueResult = z.strictObject({ dossierId: Id, pin: Pin });

export const RateDossier = z.strictObject({
  dossierId: Id,
  score: z.enum(['very-satisfied', 'satisfied', 'not-satisfied'], 'errors.field.choice'),
  comment: z.string().max(2000).default(''),
});
export const WithdrawDossier = z.strictObject({
  dossierId: Id,
  reason: paragraph(2000),
  /** it cannot be undone: the applicant says so beside the dossier's name */
  confirmed: z.literal(true, 'deadlines.errors.withdrawalUnconfirmed'),
});
export const AddNote = z.strictObject({ dossierId: Id, text: paragraph(4000) });

/** `mine`: taken by me or by nobody, for roles of mine; `unit`: all of the authority; `late`: past their date. */
export const InboxScope = z.enum(['mine', 'unit', 'late']);
export type InboxScope = z.infer<typeof InboxScope>;
/** By deadline, day of filing or name; with `-` the other way round. */
export const InboxSort = z.enum(['due', '-due', 'filed', '-filed', 'title', '-title']);
export type InboxSort = z.infer<typeof InboxSort>;

/** What an official narrows the queue down to. */
export const InboxFilters = z.strictObject({
  step: z.string().max(50).optional(),
  procedure: z.string().max(100).optional(),
  /** past its date, due before midnight, due within seven days */
  due: z.enum(['late', 'today', 'week']).optional(),
  taken: z.enum(['me', 'nobody', 'colleague']).optional(),
  q: z.string().max(200).optional(),
  sort: InboxSort.default('due'),
});
export type InboxFilters = z.infer<typeof InboxFilters>;

/** Rows on a page. */
export const inboxSizes = [20, 50, 100] as const;
export const Inbox = InboxFilters.extend({
  scope: InboxScope.default('mine'),
  page: z.number().int().min(1).max(10_000).default(1),
  size: z.literal(inboxSizes).default(20),
});
export type Inbox = z.infer<typeof Inbox>;

export const SaveQueueView = z.strictObject({
  name: line(60),
  scope: InboxScope,
  filters: InboxFilters,
  /** also for the colleagues of one's unit */
  shared: z.boolean().default(false),
});
export const RemoveQueueView = z.strictObject({ viewId: Id });

export const DossierList = z.strictObject({
  state: z.number().int().min(1).max(10).optional(),
  q: z.string().max(200).optional(),
  page: z.number().int().min(1).max(10_000).default(1),
});
export const LateDossiers = z.strictObject({ page: z.number().int().min(1).max(10_000).default(1) });
export const SupplementFigures = z.strictObject({ procedureKey: z.string().min(1).max(100) });
export const TrackDossier = z.strictObject({ code: z.string().min(1).max(60), secret: z.string().min(1).max(40) });
