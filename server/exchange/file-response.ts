import { getReadableFile, readFileInChunks } from '#server/platform/file-access.ts';
import { type Context, notModified, reader, type StoredFile } from '#server/platform/index.ts';

const shownInline = new Set(['application/pdf', 'image/jpeg', 'image/png']);

/**
 * A stored file as an answer: authorised, streamed, and harmless where it is opened. It is saved under its name unless
 * the reader asks to see it (`?inline=1`) and it is a PDF or a picture. @throws notFound
 */
export async function fileResponse(ctx: Context, request: Request, fileId: string): Promise<Response> {
  const file = await getReadableFile(ctx, fileId);
  const inline = new URL(request.url).searchParams.get('inline') === '1' && shownInline.has(file.mediaType);
  const headers = {
    etag: `"${file.sha256}"`,
    'cache-control': 'private, no-cache',
    'content-disposition': disposition(inline ? 'inline' : 'attachment', file.name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  };
  return (
    notModified(request, headers) ??
    new Response(streamOf(ctx, file), {
      headers: { ...headers, 'content-type': file.mediaType, 'content-length': String(file.size) },
    })
  );
}

/** RFC 6266 with RFC 8187: the true name for everyone who reads it, a plain one beside it for old clients. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const clean =
    name
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}/\\]/gu, '_') || 'file';
  const plain =
    clean
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .replace(/đ/g, 'd')
      .replace(/Đ/g, 'D')
      .replace(/[^\x20-\x7e]|["%;]/g, '_') || 'file';
  const encoded = encodeURIComponent(clean).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function streamOf(ctx: Context, file: StoredFile): ReadableStream<Uint8Array> {
  const chunks = readFileInChunks(reader(ctx), file.id);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
