import { AppError, appErrorIn } from '#server/platform/errors.ts';
import { stepUpReason } from '#server/platform/index.ts';
import { enterCode, enterPasskey, sessionHere } from './session.ts';

/** The field in which a form carries a code of the second factor, when a decision asked for one. */
export const stepUpField = 'stepUpOtp';

/** The same for the answer of a passkey; its name keeps it from being sent back. */
const stepUpPasskeyField = 'stepUpOtpPasskey';

/** Whether a refusal is lifted by a code of the second factor: it is asked for in the form, and nothing typed is lost. */
export const asksForStepUp = (error: AppError | null): boolean =>
  error?.reason === stepUpReason || (error?.details.fields?.some((field) => field.path === stepUpField) ?? false);

/** Gives the second factor by the code or passkey in a form, if there is one. A wrong one is an error of that field. */
export async function stepUpBy(data: FormData): Promise<void> {
  const otp = data.get(stepUpField);
  if (typeof otp !== 'string') return;
  const passkey = data.get(stepUpPasskeyField);
  try {
    if (typeof passkey === 'string' && passkey !== '') {
      const session = await sessionHere();
      if (session === null) throw new AppError('unauthenticated', 'errors.unauthenticated');
      await enterPasskey(passkey, session);
      return;
    }
    if ((await enterCode(otp)) === null) throw new AppError('unauthenticated', 'errors.unauthenticated');
  } catch (error) {
    const known = appErrorIn(error);
    if (known?.code !== 'invalidInput') throw error;
    const fields = known.details.fields ?? [{ path: '', reason: known.reason }];
    const renamed = fields.map((field) => ({ ...field, path: stepUpField }));
    throw new AppError(known.code, known.reason, { ...known.details, fields: renamed });
  }
}
