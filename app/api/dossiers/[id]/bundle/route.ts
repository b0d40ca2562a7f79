import { requestContext } from '#app/_server/context.ts';
import { problem } from '#app/_ui/problem.ts';
import { disposition, exportBundle } from '#server/exchange/index.ts';
import { wire } from '#server/wiring.ts';

/** The bundle of a dossier for whoever may read it: an archive that proves itself without this server. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  wire();
  try {
    const { name, bytes } = await exportBundle(await requestContext(), { dossierId: (await params).id });
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': disposition('attachment', name),
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  } catch (error) {
    return problem(error, request);
  }
}
