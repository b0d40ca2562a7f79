import { z } from 'zod';

/** Names of the fields every document that will be signed carries from its first byte. No dots: a dot would mean a parent field. */
export const fieldNames = {
  initial: 'initial',
  leader: 'leader',
  seal: 'seal',
  number: 'number',
  day: 'issued_day',
  month: 'issued_month',
  year: 'issued_year',
} as const;

export const TextRun = z.strictObject({
  text: z.string(),
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
});
export type TextRun = z.infer<typeof TextRun>;

/** Plain text, or runs with bold and italic. `\n` breaks the line. */
export const RichText = z.union([z.string(), z.array(TextRun)]);
export type RichText = z.infer<typeof RichText>;

const Align = z.enum(['left', 'center', 'right', 'justify']);
/** Name of a datum: the block is left out when the datum is absent, false, empty text or an empty list. */
const when = z.string().optional();
/** Name of a list among the data: the row is repeated for each entry, as `{item.x}` and `{index}`. */
const each = z.string().optional();

const HeaderBlock = z.strictObject({
  kind: z.literal('header'),
  when,
  superior: z.string().optional(),
  agency: z.string(),
  /** a prepared field with the printed rest of the number behind it, or a number known now */
  number: z
    .union([z.strictObject({ field: z.literal(true), suffix: z.string() }), z.strictObject({ text: z.string() })])
    .optional(),
  place: z.string().optional(),
  /** prepared day, month and year fields, or a day known now (yyyy-mm-dd) */
  date: z.union([z.strictObject({ field: z.literal(true) }), z.strictObject({ on: z.string() })]).optional(),
});
export type HeaderBlock = z.infer<typeof HeaderBlock>;

const NotesBlock = z.strictObject({
  kind: z.literal('notes'),
  when,
  title: z.string().optional(),
  items: z.array(z.string()),
});
const QrBlock = z.strictObject({
  kind: z.literal('qr'),
  when,
  data: z.string(),
  sizeMm: z.number().min(12).max(60).default(24),
  caption: z.string().optional(),
  align: z.enum(['left', 'center', 'right']).default('left'),
});

const Signer = z.strictObject({
  title: z.array(z.string()).min(1),
  /** printed under the title, in italics: `(Ký, ghi rõ họ tên)` */
  hint: z.string().optional(),
  name: z.string(),
  /** which prepared signature fields belong to this signer's block */
  fields: z.array(z.enum(['initial', 'leader', 'seal'])).default([]),
});
export type Signer = z.infer<typeof Signer>;

const SignaturesBlock = z.strictObject({
  kind: z.literal('signatures'),
  when,
  /** what stands in the left column beside a single signer */
  left: z.array(z.union([NotesBlock, QrBlock])).default([]),
  signers: z.array(Signer).min(1).max(3),
});
export type SignaturesBlock = z.infer<typeof SignaturesBlock>;

const TableColumn = z.strictObject({
  title: z.string(),
  /** share of the width; shares are relative to their sum */
  share: z.number().positive(),
  align: z.enum(['left', 'center', 'right']).default('left'),
});

export const LayoutBlock = z.discriminatedUnion('kind', [
  HeaderBlock,
  z.strictObject({ kind: z.literal('title'), when, text: z.string(), subtitle: z.string().optional() }),
  z.strictObject({
    kind: z.literal('paragraph'),
    when,
    text: RichText,
    align: Align.default('justify'),
    /** first line set in by 10 mm, as Decree 30/2020 asks of running text */
    indent: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('rows'),
    when,
    rows: z.array(z.strictObject({ label: z.string(), value: RichText })),
    labelShare: z.number().min(0.1).max(0.7).default(0.34),
  }),
  z.strictObject({
    kind: z.literal('table'),
    when,
    columns: z.array(TableColumn).min(1),
    rows: z.array(z.array(RichText)).default([]),
    each,
    row: z.array(RichText).optional(),
  }),
  z.strictObject({
    kind: z.literal('numberedList'),
    when,
    items: z.array(RichText).default([]),
    each,
    item: RichText.optional(),
  }),
  z.strictObject({
    kind: z.literal('checklist'),
    when,
    items: z.array(z.strictObject({ text: RichText, checked: z.union([z.boolean(), z.string()]) })).default([]),
    each,
    item: z.strictObject({ text: RichText, checked: z.string() }).optional(),
  }),
  NotesBlock,
  QrBlock,
  SignaturesBlock,
  z.strictObject({ kind: z.literal('space'), when, mm: z.number().positive().max(200) }),
]);
export type LayoutBlock = z.infer<typeof LayoutBlock>;

/**
 * A document as data: what is printed where, with `{placeholder}` tags until `fillTemplate` has replaced them.
 * JSON round-trips it unchanged, so the exact layout of a signed document can be stored beside it.
 */
export const DocumentLayout = z.strictObject({
  version: z.literal(1),
  page: z.enum(['A4', 'A5']).default('A4'),
  language: z.enum(['vi', 'en']).default('vi'),
  title: z.string(),
  author: z.string().default(''),
  /** instant written into the file, ISO 8601 with offset; the same layout gives the same bytes */
  createdAt: z.string(),
  /** points; Decree 30/2020 sets running text in 13 to 14 */
  fontSize: z.number().min(8).max(16).optional(),
  /** set across each page in light grey, such as DEMO or BẢN NHÁP */
  watermark: z.string().optional(),
  /** what happens with a character the prescribed face lacks: refuse (signed documents) or an empty box (slips quoting free text) */
  missingCharacter: z.enum(['refuse', 'box']).default('refuse'),
  blocks: z.array(LayoutBlock).min(1),
});
export type DocumentLayout = z.infer<typeof DocumentLayout>;
/** What a template author writes: defaults may be left out. */
export type DocumentTemplate = z.input<typeof DocumentLayout>;
