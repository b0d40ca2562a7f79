import { AppError, appErrorIn } from '#server/platform/errors.ts';

/**
 * Runs `work`; field errors it throws get the names the form's inputs have, so that the summary links to them.
 * @param name the input for a path of the command, e.g. `checklist.2.outcome` → `check.storage`
 */
export async function withInputNames<T>(name: (path: string) => string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = appErrorIn(error);
    const fields = known?.details.fields;
    if (!known || !fields) throw error;
    const renamed = fields.map((field) => ({ ...field, path: name(field.path) }));
    throw new AppError(known.code, known.reason, { ...known.details, fields: renamed });
  }
}
