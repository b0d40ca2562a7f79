import { z } from 'zod';
import { AppError, type FieldError } from './errors.ts';

/** Parses with a zod schema; a failure names each field, what is wrong with it and the limit it broke. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new AppError('invalidInput', 'errors.invalidInput', {
    fields: parsed.error.issues.flatMap((issue) => fieldErrors(issue, valueAt(raw, issue.path))),
  });
}

/** What was sent there; the library's issues do not carry it. */
const valueAt = (raw: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], raw);

/** Nothing was entered: what a form sends of a field left empty, or of a list nothing was chosen from. */
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

function fieldErrors(issue: z.core.$ZodIssue, sent: unknown): FieldError[] {
  const path = issue.path.join('.');
  // a message that is a key of ours says more than the kind of issue
  if (/^[a-z][\w]*(\.[\w]+)+$/.test(issue.message)) return [{ path, reason: issue.message }];
  switch (issue.code) {
    case 'invalid_type':
      if (isNothing(sent)) return [{ path, reason: 'errors.field.required' }];
      return [{ path, reason: issue.expected === 'number' ? 'errors.field.number' : 'errors.field.type' }];
    case 'too_small':
      return issue.origin === 'string' && Number(issue.minimum) <= 1
        ? [{ path, reason: 'errors.field.required' }]
        : [
            {
              path,
              reason: `errors.field.tooSmall.${issue.origin === 'string' ? 'text' : issue.origin === 'array' ? 'list' : 'number'}`,
              values: { minimum: Number(issue.minimum) },
            },
          ];
    case 'too_big':
      return [
        {
          path,
          reason: `errors.field.tooBig.${issue.origin === 'string' ? 'text' : issue.origin === 'array' ? 'list' : 'number'}`,
          values: { maximum: Number(issue.maximum) },
        },
      ];
    case 'invalid_format':
      // nobody types an identifier: it is behind what one chooses
      if (isNothing(sent)) return [{ path, reason: `errors.field.${issue.format === 'uuid' ? 'choice' : 'required'}` }];
      return [{ path, reason: issue.format === 'email' ? 'errors.field.email' : 'errors.field.format' }];
    // nothing chosen or something that is not offered: what helps is the same
    case 'invalid_value':
      return [{ path, reason: 'errors.field.choice' }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), reason: 'errors.field.unknown' }));
    default:
      return [{ path, reason: 'errors.field.format' }];
  }
}

/** Text as people type it: trimmed, NFC. NFD is accepted everywhere. */
export const PlainText = z.string().transform((text) => text.normalize('NFC').trim());
/** A line of text between one and `maximum` characters. */
export const line = (maximum: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1).max(maximum));
/** Several lines of text, at most `maximum` characters. `missing` says what to write where nothing was. */
export const paragraph = (maximum: number, missing?: string) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1, missing).max(maximum));
/** The name of a file as its sender's machine gives it: without folders and invisible signs, at most 200 characters. */
export const FileName = z
  .string()
  .transform((name) => {
    const bare = name
      .normalize('NFC')
      .replace(/^.*[/\\]/s, '')
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .replace(/\s+/g, ' ')
      .trim();
    if (bare.length <= longestFileName) return bare;
    // the ending says what it is: it stays
    const ending = /\.[^.]{1,10}$/.exec(bare)?.[0] ?? '';
    return bare.slice(0, longestFileName - ending.length).trimEnd() + ending;
  })
  .pipe(z.string().min(1));
const longestFileName = 200;

export const Id = z.uuid();
