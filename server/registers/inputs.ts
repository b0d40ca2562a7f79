import { z } from 'zod';
import { Id, paragraph } from '#server/platform/input.ts';
import { changeKinds } from './rules.ts';

export const RegisterKey = z.enum(['facilities', 'drugs', 'recalls', 'devices', 'notices']);
export type RegisterKey = z.output<typeof RegisterKey>;
export const Day = z.iso.date('registers.errors.date');
const Texts = z.record(z.string().max(60), z.string().max(20_000));
const Decision = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().max(60));

export const EntryRef = z.strictObject({ register: RegisterKey, id: Id });
/** `on`: a day in the world; `known`: the last day whose records count. */
export const EntryAsOf = z.strictObject({ register: RegisterKey, id: Id, on: Day.optional(), known: Day.optional() });

/** A register as of a day: words and the filters of its page, by their names in its address. */
export const EntriesAsOf = z.strictObject({
  register: RegisterKey,
  on: Day,
  known: Day.optional(),
  q: z.string().max(300).optional(),
  /** end of `<register>.status.*` */
  status: z.string().max(40).optional(),
  criteria: z.record(z.string().max(40), z.string().max(200)).default({}),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});
export type EntriesAsOf = z.input<typeof EntriesAsOf>;

export const ProposeChange = z.strictObject({
  register: RegisterKey,
  kind: z.enum(changeKinds),
  /** missing: a new entry */
  entryId: Id.nullish(),
  /** of the entry as it was read */
  version: z.number().int().nullish(),
  /** field → its text; missing fields stay as they are */
  texts: Texts.default({}),
  /** merge: the entry that stays */
  mergeInto: Id.nullish(),
  validFrom: Day,
  validTo: Day.nullish(),
  reason: paragraph(2000),
  decisionNumber: Decision.nullish(),
  suggestionId: Id.nullish(),
});
export type ProposeChange = z.input<typeof ProposeChange>;

export const RequestRef = z.strictObject({ requestId: Id });
export const DecideChange = z.strictObject({
  requestId: Id,
  approve: z.boolean(),
  /** a refusal says why */
  note: z.string().trim().max(2000).default(''),
});
export type DecideChange = z.input<typeof DecideChange>;

export const requestStates = ['proposed', 'approved', 'rejected', 'withdrawn'] as const;
export const ListRequests = z.strictObject({
  register: RegisterKey.optional(),
  entryId: Id.optional(),
  state: z.enum(requestStates).optional(),
  page: z.number().int().min(1).max(10_000).default(1),
});

export const SuggestCorrection = z.strictObject({
  register: RegisterKey,
  entryId: Id,
  field: z.string().max(60).nullish(),
  words: paragraph(2000),
  email: z.union([z.literal(''), z.email()]).nullish(),
});
export type SuggestCorrection = z.input<typeof SuggestCorrection>;
export const SuggestionRef = z.strictObject({ suggestionId: Id });
/** Numbers are typed with or without dashes and in any case. */
export const SuggestionLookup = z.strictObject({
  number: z.string().trim().max(40),
  secret: z.string().trim().max(40),
});
export const AnswerSuggestion = z.strictObject({
  suggestionId: Id,
  accept: z.boolean(),
  answer: paragraph(2000),
});
export const suggestionStates = ['received', 'accepted', 'declined'] as const;
export const ListSuggestions = z.strictObject({
  register: RegisterKey.optional(),
  state: z.enum(suggestionStates).optional(),
  page: z.number().int().min(1).max(10_000).default(1),
});
export const RegisterOnly = z.strictObject({ register: RegisterKey });

/** What becomes of a row that looks like an entry there is already. */
export const rowDecisions = ['skip', 'add', 'update'] as const;
export const rowOutcomes = ['bad', 'duplicate', 'changed', 'new', 'same'] as const;
export type RowOutcome = (typeof rowOutcomes)[number];
/** Names the entry of a row instead of a field of it, as exports write it. */
export const entryColumn = 'entryId';

export const UploadImport = z.strictObject({
  register: RegisterKey,
  /** of somebody who works for several: whose entries they are */
  organisationId: Id.nullish(),
  fileName: z.string().min(1).max(300),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type UploadImport = z.input<typeof UploadImport>;
export const ImportRef = z.strictObject({ importId: Id });
export const MapImport = z.strictObject({
  importId: Id,
  /** field → ordinal of its column, from 0 */
  mapping: z.record(z.string().max(60), z.number().int().min(0).max(299)),
  validFrom: Day,
  decisionNumber: Decision.nullish(),
});
export type MapImport = z.input<typeof MapImport>;
export const ChooseSheet = z.strictObject({ importId: Id, sheet: z.number().int().min(0).max(1000) });
export const DecideRows = z.strictObject({
  importId: Id,
  rows: z.array(z.strictObject({ line: z.number().int().min(1), decision: z.enum(rowDecisions) })).max(200),
});
export const ProposeImport = z.strictObject({ importId: Id, reason: paragraph(2000) });
export const DecideImport = z.strictObject({
  importId: Id,
  approve: z.boolean(),
  /** a refusal says why */
  note: z.string().trim().max(2000).default(''),
});
export const ListImports = z.strictObject({ page: z.number().int().min(1).max(10_000).default(1) });
export const ImportRows = z.strictObject({
  importId: Id,
  outcome: z.enum(rowOutcomes).optional(),
  /** only what was left out when it was written, or undone */
  left: z.boolean().default(false),
  page: z.number().int().min(1).max(10_000).default(1),
});

export const KeepApart = z.strictObject({ firstId: Id, secondId: Id, note: paragraph(1000) });
export const ListDuplicates = z.strictObject({
  register: RegisterKey.optional(),
  page: z.number().int().min(1).max(10_000).default(1),
});

export const exportFormats = ['xlsx', 'csv', 'json', 'geojson'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const StartExport = z.strictObject({
  register: RegisterKey,
  format: z.enum(exportFormats),
  /** the filters of a page, by their names in its address */
  criteria: z.record(z.string().max(40), z.string().max(200)).default({}),
  /** missing: today */
  on: Day.nullish(),
  /** only what one's own authority keeps, with what is not public */
  own: z.boolean().default(false),
  locale: z.enum(['vi', 'en']).default('vi'),
});
export type StartExport = z.input<typeof StartExport>;
export const ExportRef = z.strictObject({ exportId: Id });
