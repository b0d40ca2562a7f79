import { pharmacyEligibility } from './pharmacy-eligibility/bindings.ts';
import type { ProcedureCode } from './procedure-code.ts';

export type { IssuedResult, ProcedureCode, ResultInput } from './procedure-code.ts';

/** The code of each procedure by its key: a new procedure adds its folder and a line here. */
export const procedureCode: Record<string, ProcedureCode> = {
  'pharmacy-eligibility': pharmacyEligibility,
};
