import { caller } from '#app/_server/caller.ts';
import { problem } from '#app/_ui/problem.ts';
import { AppError } from '#server/platform/errors.ts';

type Props = { params: Promise<{ id: string }> };

/** Bytes of one piece at most. */
const largestPiece = 4 * 1_048_576;

// the headers are those of draft-ietf-httpbis-resumable-upload; the digest is that of RFC 9530

/** How much of the file is there. */
export async function HEAD(request: Request, { params }: Props): Promise<Response> {
  try {
    const { received, size } = await (await caller()).dossiers.upload({ uploadId: (await params).id });
    return new Response(null, { status: 204, headers: offsetHeaders(received, size) });
  } catch (error) {
    return new Response(null, { status: problem(error, request).status });
  }
}

/** The next piece. 204 while more is to come, 201 when the file is whole and taken, 409 with the right offset. */
export async function PATCH(request: Request, { params }: Props): Promise<Response> {
  try {
    const offset = Number(request.headers.get('upload-offset') ?? Number.NaN);
    const sha256 = /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(request.headers.get('content-digest') ?? '')?.[1];
    const bytes = await pieceOf(request);
    const { received, complete } = await (await caller()).dossiers.appendUpload({
      uploadId: (await params).id,
      offset,
      bytes,
      ...(sha256 ? { sha256 } : {}),
    });
    return new Response(null, { status: complete ? 201 : 204, headers: offsetHeaders(received) });
  } catch (error) {
    return problem(error, request);
  }
}

/** Forgets what has come. */
export async function DELETE(request: Request, { params }: Props): Promise<Response> {
  try {
    await (await caller()).dossiers.cancelUpload({ uploadId: (await params).id });
    return new Response(null, { status: 204 });
  } catch (error) {
    return problem(error, request);
  }
}

const offsetHeaders = (received: number, size?: number): Record<string, string> => ({
  'upload-offset': String(received),
  'cache-control': 'no-store',
  ...(size === undefined ? {} : { 'upload-length': String(size) }),
});

async function pieceOf(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > largestPiece) throw new AppError('invalidInput', 'uploads.errors.tooManyBytes');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
