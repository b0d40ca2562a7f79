import type { IncomingMessage } from 'node:http';

/** A form is kept up to this size, bytes; files come through doors of their own, which say themselves what they refuse. */
const largestKept = 1_048_576;

/**
 * The framework takes the blame (500) for a form with several parts that broke off or was never one. This listens along
 * while it reads. @returns whether the form that came in cannot be read; to be asked when the answer is known
 */
export function listenToForm(request: IncomingMessage): () => Promise<boolean> {
  const type = request.headers['content-type'] ?? '';
  if (request.method !== 'POST' || !/^multipart\/form-data\b/i.test(type)) return async () => false;
  const { push } = request;
  let chunks: Uint8Array[] = [];
  let size = 0;
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk instanceof Uint8Array) {
      size += chunk.length;
      if (size > largestKept) chunks = [];
      else chunks.push(chunk);
    }
    return push.call(request, chunk, encoding);
  };
  return async () => request.complete && size <= largestKept && !(await isReadable(Buffer.concat(chunks), type));
}

async function isReadable(body: Buffer<ArrayBuffer>, type: string): Promise<boolean> {
  try {
    await new Response(body, { headers: { 'content-type': type } }).formData();
    return true;
  } catch {
    return false;
  }
}
