import { AppError } from '#server/platform/index.ts';

/** What somebody sent: in memory only, never stored. */
export interface Upload {
  name: string;
  bytes: Uint8Array;
}

/**
 * Reads one file from a request: the field `file` of a multipart form, or the body itself. Stops reading at the limit.
 * @param maximum bytes of the file
 * @throws invalidInput naming `file`
 */
export async function readUpload(request: Request, maximum: number): Promise<Upload> {
  const type = request.headers.get('content-type') ?? '';
  const multipart = type.startsWith('multipart/form-data');
  // the form's own lines around the file
  const bytes = await readAtMost(request, maximum + (multipart ? 64 * 1024 : 0), maximum);
  if (!multipart) return { name: '', bytes: bytes };
  const file = await fileOf(bytes, type);
  const content = new Uint8Array(await file.arrayBuffer());
  if (content.byteLength > maximum) throw tooLarge(maximum);
  return { name: file.name.normalize('NFC'), bytes: content };
}

async function fileOf(body: Uint8Array<ArrayBuffer>, type: string): Promise<File> {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => null);
  const file = form?.get('file');
  // a form sent without choosing a file carries one without name and content
  if (!(file instanceof File) || (file.name === '' && file.size === 0)) throw wrongFile('exchange.errors.fileMissing');
  return file;
}

async function readAtMost(request: Request, most: number, maximum: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge(maximum);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw tooLarge(maximum);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

export const wrongFile = (reason: string, values?: Record<string, number>): AppError =>
  new AppError('invalidInput', 'errors.invalidInput', {
    fields: [{ path: 'file', reason, ...(values ? { values } : {}) }],
  });

const tooLarge = (maximum: number): AppError =>
  wrongFile('exchange.errors.fileTooLarge', { maximum: Math.floor(maximum / 1_048_576) });
