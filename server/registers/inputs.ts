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
