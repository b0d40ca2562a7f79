import { caller } from '#app/_server/caller.ts';
import { problem } from '#app/_ui/problem.ts';
import { readText } from '#server/platform/read-text.ts';
import { parseJson } from '#server/platform/safe-json.ts';

/** Announces a file that will come in pieces: `{ dossierId, paperKey, fileName, size, sha256? }`. 201 with its address and how much is there. */
export async function POST(request: Request): Promise<Response> {
  try {
    const body = parseJson(await readText(request, 4096), { maxLength: 4096, maxDepth: 4 });
    const { dossiers } = await caller();
    const { id, received } = await dossiers.beginUpload(body as Parameters<typeof dossiers.beginUpload>[0]);
    const headers = { location: `/api/uploads/${id}`, 'upload-offset': String(received), 'cache-control': 'no-store' };
    return Response.json({ id, received }, { status: 201, headers });
  } catch (error) {
    return problem(error, request);
  }
}
