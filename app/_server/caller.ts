import { headers } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { localePath } from '#i18n/locale-path.ts';
import { appErrorIn } from '#server/platform/errors.ts';
import { newId } from '#server/platform/index.ts';
import { createCaller } from '#server/trpc/router.ts';
import { requestContext } from './context.ts';

/** The in-process tRPC caller of this request: pages read through it, actions write through it. */
export const caller = async () => createCaller(await requestContext());

/**
 * Reads for a page: `const dossier = await read((api) => api.dossiers.get({ id }))`.
 * What does not exist or may not be seen becomes the 404 page, a stranger is sent to sign in and back.
 */
export async function read<T>(load: (api: Awaited<ReturnType<typeof caller>>) => Promise<T>): Promise<T> {
  try {
    return await load(await caller());
  } catch (error) {
    const known = appErrorIn(error);
    if (known?.code === 'notFound' || known?.code === 'invalidInput') notFound();
    if (known?.code === 'forbidden') forbidden();
    if (known?.code === 'unauthenticated') {
      const [head, locale] = await Promise.all([headers(), getLocale()]);
      redirect(localePath(locale, `/sign-in?next=${encodeURIComponent(head.get('x-pathname') ?? '/my')}`));
    }
    // the error page tells what waits from what broke by this mark
    if (known?.code === 'unavailable') throw Object.assign(error as Error, { digest: `unavailable-${newId()}` });
    throw error;
  }
}
