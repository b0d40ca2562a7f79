import { AppError, appErrorIn } from '#server/platform/errors.ts';
import { stepUpReason } from '#server/platform/index.ts';
import { enterCode } from './session.ts';

/** The field in which a form carries a code of the second factor, when a decision asked for one. */
export const stepUpField = 'stepUpOtp';

/** Whether a refusal is lifted by a code of the second factor: it is asked for in the form, and nothing typed is lost. */
export const asksForStepUp = (error: AppError | null): boolean =>
  error?.reason === stepUpReason || (error?.details.fields?.some((field) => field.path === stepUpField) ?? false);

/** Gives the second factor by the code in a form, if there is one. A wrong one is an error of that field. */
export async function stepUpBy(data: FormData): Promise<void> {
  const otp = data.get(stepUpField);
  if (typeof otp !== 'string') return;
  try {
    if ((await enterCode(otp)) === null) throw new AppError('unauthenticated', 'errors.unauthenticated');
  } catch (error) {
    const known = appErrorIn(error);
    const fields = known?.details.fields;
    if (!known || !fields) throw error;
    const renamed = fields.map((field) => ({ ...field, path: stepUpField }));
    throw new AppError(known.code, known.reason, { ...known.details, fields: renamed });
  }
}
