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
  const form = await formOf(request);
  const file = form?.get('file');
  if (!form || !(file instanceof File) || (file.name === '' && file.size === 0)) {
    throw new AppError('invalidInput', 'uploads.errors.missing');
  }
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), fields: textsOf(form) };
}

/** Every file of a multipart POST under `file`, and its other fields: for forms where files may go with words. */
export async function readUploads(
  request: Request,
): Promise<{ files: Omit<UploadedFile, 'fields'>[]; fields: Map<string, string> }> {
  const form = await formOf(request);
  if (!form) throw new AppError('invalidInput', 'uploads.errors.missing');
  const chosen = form
    .getAll('file')
    .filter((each): each is File => each instanceof File && (each.name !== '' || each.size > 0));
  const files = await Promise.all(
    chosen.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  return { files, fields: textsOf(form) };
}

/** The form of a request that says how long it is and is not too long; null when it cannot be read. */
async function formOf(request: Request): Promise<FormData | null> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!Number.isFinite(length) || length > largestRequest) {
    throw new AppError('limit', 'uploads.errors.requestTooLarge', {
      values: { megabytes: largestRequest / 1_048_576 },
    });
  }
  return request.formData().catch(() => null);
}

function textsOf(form: FormData): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of form) if (typeof value === 'string') fields.set(name, value);
  return fields;
}

/**
 * Answers an upload: 303 back to the page the form stands on (with `?error=` and its values when refused), or for a
 * script that shows progress JSON with `location`, or a problem document with the sentence to show. `part`: which of
 * several forms of that page it was, so that only this one shows why it was refused.
 */
export async function answerUpload(request: Request, upload: () => Promise<unknown>, part?: string): Promise<Response> {
  const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false;
  const back = pageOf(request);
  try {
    const done = await upload();
    const parameters = parametersIn(done);
    const query = new URLSearchParams(parameters).toString();
    const page = `${back}${pageBelow(done)}`;
    const location = query ? `${page}?${query}` : page;
    return wantsJson ? Response.json({ location }, { status: 201 }) : seeOther(page, parameters);
  } catch (error) {
    const known = appErrorIn(error);
    if (!known) throw error;
    const said =
      known.code === 'unauthenticated'
        ? { reason: 'uploads.errors.signedOut', values: {} }
        : (known.details.fields?.[0] ?? { reason: known.reason, values: known.details.values });
    const values = said.values ?? {};
    if (!wantsJson)
      return seeOther(back, {
        error: said.reason,
        ...(part ? { part } : {}),
        ...Object.fromEntries(Object.entries(values).map(([key, value]) => [`v.${key}`, String(value)])),
      });
    const t = await getTranslations({ locale: back.startsWith('/en/') ? 'en' : 'vi' });
    const status = errorTable[known.code].http;
    const detail = t.has(said.reason) ? t(said.reason, values) : said.reason;
    return Response.json(
      { type: 'about:blank', title: detail, status, detail, reason: said.reason },
      { status, headers: { 'content-type': 'application/problem+json' } },
    );
  }
}

/** What the page is to be told about what was done, as `{ parameters: { sent: '1' } }`. */
const parametersIn = (done: unknown): Record<string, string> =>
  typeof done === 'object' && done !== null && 'parameters' in done ? (done.parameters as Record<string, string>) : {};

/** The page of what was made, below that of the form, as `{ page: '/<id>' }`. */
const pageBelow = (done: unknown): string =>
  typeof done === 'object' && done !== null && 'page' in done ? String(done.page) : '';

/** The page a form stands on, named by its path in `back`; never on another site. */
export function pageOf(request: Request): string {
  const back = new URL(request.url).searchParams.get('back') ?? '/';
  return /^\/(?!\/)[\w\-./]*$/.test(back) ? back : '/';
}

function seeOther(path: string, parameters: Record<string, string>): Response {
  const query = new URLSearchParams(parameters).toString();
  return new Response(null, { status: 303, headers: { location: query ? `${path}?${query}` : path } });
}
