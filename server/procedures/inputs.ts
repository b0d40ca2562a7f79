import { z } from 'zod';

export const Catalogue = z.strictObject({
  q: z.string().max(200).default(''),
  sector: z.string().max(100).optional(),
  applicant: z.enum(['business', 'person']).optional(),
  level: z.enum(['full', 'partial']).optional(),
});
export type Catalogue = z.infer<typeof Catalogue>;

const ProcedureKey = z.string().regex(/^[a-z][a-z0-9-]{0,99}$/, 'procedures.errors.noProcedure');
export const ProcedureByKey = z.strictObject({ key: ProcedureKey });
export const VersionById = z.strictObject({ id: z.uuid() });

/** Answers of the guide by field path, as an HTML form sends them. */
export const Guide = z.strictObject({ key: ProcedureKey, values: z.record(z.string().max(200), z.string().max(200)) });
