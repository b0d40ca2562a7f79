import { z } from 'zod';
import { Id, line } from '#server/platform/input.ts';
import { batchKey } from '../recalls/rules.ts';
import { readLines } from './rules.ts';

const Day = z.iso.date('registers.errors.date');

/** The tests as people type them, see `readLines`. */
const Lines = z
  .string()
  .max(10_000)
  .transform((text, ctx) => {
    const lines = readLines(text);
    if (lines && lines.length > 0 && lines.length <= 100) return lines;
    const asked = text.trim() === '' ? 'errors.field.required' : 'drugs.errors.testLines';
    ctx.addIssue({ code: 'custom', message: asked });
    return z.NEVER;
  });

export const RecordTest = z
  .strictObject({
    drugId: Id,
    batch: line(60).refine((text) => text === '' || batchKey(text) !== '', 'recalls.errors.batch'),
    sampleNumber: line(60),
    takenOn: Day,
    /** code of a facility of the register, where it is one */
    facilityCode: z.string().trim().max(40).default(''),
    takenAt: line(300),
    laboratory: line(300),
    method: line(300),
    standard: line(100),
    lines: Lines,
    certificateNumber: line(60),
    certificateOn: Day,
    /** the record that this one corrects: it stays */
    corrects: Id.nullish(),
  })
  .superRefine((test, ctx) => {
    if (test.certificateOn < test.takenOn)
      ctx.addIssue({ code: 'custom', path: ['certificateOn'], message: 'drugs.errors.certificateBefore' });
  });
export type RecordTest = z.input<typeof RecordTest>;
