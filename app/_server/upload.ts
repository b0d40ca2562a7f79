import { getTranslations } from 'next-intl/server';
import { appErrorIn, errorTable } from '#server/platform/errors.ts';
import { AppError } from '#server/platform/index.ts';

/** Largest request an upload route reads; the limits of each paper are lower. */
const largestRequest = 64 * 1_048_576;

export interface UploadedFile {
  name: string;
  bytes: Uint8Array;
  /** the other fields of the form */
  fields: Map<string, string>;
}

/** The one file of a multipart POST. A request that does not say how long it is, or is too long, is not read. */
export async function readUpload(request: Request): Promise<UploadedFile> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!Number.isFinite(length) || length > largestRequest) {
    throw new AppError('limit', 'uploads.errors.requestTooLarge', {
      values: { megabytes: largestRequest / 1_048_576 },
    });
  }
  const form = await request.formData().catch(() => null);
  const file = form?.get('file');
  if (!form || !(file instanceof File) || (file.name === '' && file.size === 0)) {
    throw new AppError('invalidInput', 'uploads.errors.missing');
  }
  const fields = new Map<string, string>();
  for (const [name, value] of form) if (typeof value === 'string') fields.set(name, value);
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), fields };
}

/**
 * Answers an upload: 303 back to the page the form stands on (with `?error=` and its values when refused), or for a
 * script that shows progress JSON with `location`, or a problem document with the sentence to show.
 */
export async function answerUpload(request: Request, upload: () => Promise<unknown>): Promise<Response> {
  const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false;
  const back = pageOf(request);
  try {
    await upload();
    return wantsJson ? Response.json({ location: back }, { status: 201 }) : seeOther(back, {});
  } catch (error) {
    const known = appErrorIn(error);
    if (!known) throw error;
    const values = known.details.values ?? {};
    if (!wantsJson)
      return seeOther(back, {
        error: known.reason,
        ...Object.fromEntries(Object.entries(values).map(([key, value]) => [`v.${key}`, String(value)])),
      });
    const t = await getTranslations({ locale: back.startsWith('/en/') ? 'en' : 'vi' });
    const status = errorTable[known.code].http;
    const detail = t.has(known.reason) ? t(known.reason, values) : known.reason;
    return Response.json(
      { type: 'about:blank', title: detail, status, detail, reason: known.reason },
      { status, headers: { 'content-type': 'application/problem+json' } },
    );
  }
}

/** The page a form stands on, named by its path in `back`; never on another site. */
function pageOf(request: Request): string {
  const back = new URL(request.url).searchParams.get('back') ?? '/';
  return /^\/(?!\/)[\w\-./]*$/.test(back) ? back : '/';
}

function seeOther(path: string, parameters: Record<string, string>): Response {
  const query = new URLSearchParams(parameters).toString();
  return new Response(null, { status: 303, headers: { location: query ? `${path}?${query}` : path } });
}
