import { requestContext } from '#app/_server/context.ts';
import { problem } from '#app/_ui/problem.ts';
import { fileResponse } from '#server/exchange/index.ts';
import { Id, notFound } from '#server/platform/index.ts';
import { wire } from '#server/wiring.ts';

/** A stored file, for whoever may read the record it belongs to; for everybody else it does not exist. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  wire();
  const { id } = await params;
  try {
    if (!Id.safeParse(id).success) notFound();
    return await fileResponse(await requestContext(), request, id);
  } catch (error) {
    return problem(error, request);
  }
}
