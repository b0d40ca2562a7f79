import type { Answers, ChecklistEntry } from '#db/schema/dossiers.ts';
import { AppError, type FieldError } from '#server/platform/index.ts';
import { checklistFor, type ProcedureVersion } from '#server/procedures/index.ts';

type Criteria = ProcedureVersion['assessmentChecklist'];

/**
 * A checklist as it is stored: exactly the procedure's criteria that apply to these answers, in its words and order,
 * each with an outcome. Throws `invalidInput` for a criterion that is missing, doubled or not the procedure's.
 */
export function filledIn(criteria: Criteria, answers: Answers, given: readonly ChecklistEntry[]): ChecklistEntry[] {
  const asked = checklistFor(criteria, answers);
  const foreign = given.find(
    (entry, index) =>
      !asked.some(({ key }) => key === entry.key) || given.findIndex(({ key }) => key === entry.key) !== index,
  );
  if (foreign) {
    throw new AppError('invalidInput', 'deadlines.errors.unknownCriterion', { values: { criterion: foreign.key } });
  }
  const fields: FieldError[] = [];
  const entries = asked.flatMap(({ key, label }) => {
    const entry = given.find((each) => each.key === key);
    if (!entry) fields.push({ path: `check.${key}`, reason: 'errors.field.choice' });
    return entry ? [{ ...entry, label: label.vi }] : [];
  });
  if (fields.length > 0) throw new AppError('invalidInput', 'errors.invalidInput', { fields });
  return entries;
}
