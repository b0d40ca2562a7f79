import { z } from 'zod';
import type { Schema } from './schema.ts';

/** A text in both languages, Vietnamese first. */
export const Text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof Text>;

/** A JSON Schema as data; `checkSchema` looks into it. */
const AnySchema = z.custom<Schema>(
  (value) => typeof value === 'boolean' || (typeof value === 'object' && value !== null),
  'not a schema',
);

/** How a field is asked for. `digits` strips spaces, dots and dashes; `yesNo` stores a boolean; `hours` is a list of opening hours by weekday. */
export const fieldControls = [
  'text',
  'textarea',
  'number',
  'date',
  'radio',
  'select',
  'checkboxes',
  'yesNo',
  'email',
  'phone',
  'digits',
  'province',
  'ward',
  'time',
] as const;
export type FieldControl = (typeof fieldControls)[number];

export const FieldOption = z.strictObject({ value: z.string(), label: Text, hint: Text.optional() });
export type FieldOption = z.infer<typeof FieldOption>;

/** One question. Keyed by its path in the answers; list positions are `*` (`staff.*.name`). */
export const FieldDefinition = z.strictObject({
  label: Text,
  control: z.enum(fieldControls),
  hint: Text.optional(),
  example: z.string().optional(),
  /** what to say when the answer breaks a rule of its own, instead of the general words */
  problem: Text.optional(),
  options: z.array(FieldOption).optional(),
  /** shown after the input and the answer, e.g. m² */
  unit: z.string().optional(),
  /** what the profile of the applicant fills in: `organisation.name` */
  prefill: z.string().optional(),
  /** asked only when the answers (for a list entry: the entry) satisfy this schema */
  when: AnySchema.optional(),
  /** HTML autocomplete token */
  autocomplete: z.string().optional(),
});
export type FieldDefinition = z.infer<typeof FieldDefinition>;

/** One page: one question, or a group that belongs together. With `repeat`, its fields are asked for each entry of the list at that path. */
export const FormPage = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: Text,
  hint: Text.optional(),
  when: AnySchema.optional(),
  fields: z.array(z.string()).min(1),
  repeat: z.strictObject({ path: z.string(), item: Text, add: Text }).optional(),
});
export type FormPage = z.infer<typeof FormPage>;

/** `form.json` of a procedure. */
export const FormDefinition = z.strictObject({
  schema: AnySchema,
  pages: z.array(FormPage).min(1),
  fields: z.record(z.string(), FieldDefinition),
});
export type FormDefinition = z.infer<typeof FormDefinition>;
