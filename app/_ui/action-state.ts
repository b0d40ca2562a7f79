import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { forgetLateForm, keepLateForm } from '#app/_server/kept-form.ts';
import { hasPasskey } from '#app/_server/session.ts';
import { asksForStepUp, stepUpBy, stepUpField } from '#app/_server/step-up.ts';
import { localePath } from '#i18n/locale-path.ts';
import { type AppError, appErrorIn, type FieldError } from '#server/platform/errors.ts';
import { log } from '#server/platform/log.ts';
import { formNameField } from './form-name.ts';
import { valuesOf } from './form-values.ts';
import type { FormState, ShownError } from './types.ts';

/**
 * The body of a form action: runs `work`, and turns what it throws into a state the form can show, input kept.
 * Where the form carries a code of the second factor, that is given first.
 * `work` ends with `redirectTo(…)`, or returns a translated notice (and
 * the results of a bulk act) for a form that stays.
 */
export async function runAction(
  data: FormData,
  work: () => Promise<string | Pick<FormState, 'notice' | 'results'> | undefined> | Promise<void>,
): Promise<FormState> {
  try {
    await forgetLateForm();
    await stepUpBy(data);
    const done = await work();
    revalidatePath('/', 'layout');
    return { errors: [], values: {}, ...(typeof done === 'string' ? { notice: done } : done) };
  } catch (error) {
    unstable_rethrow(error);
    const known = appErrorIn(error);
    if (known?.code === 'unauthenticated' && known.details.fields === undefined) await signInAndBack(known, data);
    return {
      errors: await shownErrors(error, known),
      values: valuesOf(data),
      ...(asksForStepUp(known) ? { stepUp: { passkey: await hasPasskey() } } : {}),
    };
  }
}

/** Ends an action: to a page of ours, in the reader's language, with fresh data around it. */
export async function redirectTo(href: string): Promise<never> {
  const locale = await getLocale();
  revalidatePath('/', 'layout');
  redirect(localePath(locale, href));
}

/** A session that ended meanwhile: sign in, then back to the page with what was typed; wrong credentials are an ordinary error of the form. */
async function signInAndBack(error: AppError, data: FormData): Promise<void> {
  if (error.reason !== 'errors.unauthenticated') return;
  await keepLateForm({ name: String(data.get(formNameField) ?? ''), values: valuesOf(data) });
  const page = (await headers()).get('x-pathname') ?? '/';
  await redirectTo(`/sign-in?next=${encodeURIComponent(page)}`);
}

async function shownErrors(error: unknown, known: AppError | null): Promise<ShownError[]> {
  const say = await sayError();
  if (!known) {
    const id = (await headers()).get('x-request-id') ?? crypto.randomUUID();
    log.error('an action failed', { error, requestId: id });
    return [say({ path: '', reason: 'errors.unexpected', values: { id } })];
  }
  const { fields, values } = known.details;
  if (fields && fields.length > 0) return fields.map(say);
  return [say({ path: asksForStepUp(known) ? stepUpField : '', reason: known.reason, ...(values ? { values } : {}) })];
}

/** Turns field errors into sentences of the reader's language; pages use it for errors they find themselves. */
export async function sayError(): Promise<(error: FieldError) => ShownError> {
  const t = await getTranslations();
  return (error) => ({
    ...error,
    message: t.has(error.reason as never) ? t(error.reason as never, error.values as never) : t('errors.invalid'),
  });
}
