import { AppError } from '#server/platform/index.ts';
import { errorTable } from '#server/platform/errors.ts';
import { appErrorOf } from './caller.ts';

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
    throw new AppError('limit', 'dossiers.errors.fileTooLarge', { values: { megabytes: largestRequest / 1_048_576 } });
  }
  const form = await request.formData().catch(() => null);
  const file = form?.get('file');
  if (!form || !(file instanceof File) || (file.name === '' && file.size === 0)) {
    throw new AppError('invalidInput', 'dossiers.errors.fileMissing');
  }
  const fields = new Map<string, string>();
  for (const [name, value] of form) if (typeof value === 'string') fields.set(name, value);
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), fields };
}

/**
 * Answers an upload: 303 back to the page for a plain form (with `?error=` and its values when refused), JSON with a
 * status for a script that shows progress.
 */
export async function answerUpload(request: Request, upload: () => Promise<unknown>): Promise<Response> {
  const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false;
  try {
    const done = await upload();
    return wantsJson ? Response.json(done, { status: 201 }) : seeOther(request, {});
  } catch (error) {
    const known = appErrorOf(error);
    if (!known) throw error;
    if (wantsJson) {
      const { reason, details, code } = known;
      return Response.json({ reason, values: details.values ?? {} }, { status: errorTable[code].http });
    }
    const values = Object.fromEntries(Object.entries(known.details.values ?? {}).map(([key, value]) => [`v.${key}`, String(value)]));
    return seeOther(request, { error: known.reason, ...values });
  }
}

/** Back to the page the form stands on, named by its path in `back`; never to another site. */
function seeOther(request: Request, parameters: Record<string, string>): Response {
  const back = new URL(request.url).searchParams.get('back') ?? '/';
  const path = /^\/(?!\/)[\w\-./]*$/.test(back) ? back : '/';
  const query = new URLSearchParams(parameters).toString();
  return new Response(null, { status: 303, headers: { location: query ? `${path}?${query}` : path } });
}
