import { requestContext } from '#app/_server/context.ts';
import { problem } from '#app/_ui/problem.ts';
import { readText } from '#server/platform/read-text.ts';
import { parseJson } from '#server/platform/safe-json.ts';
import { answerCall } from '#server/trpc/answer-call.ts';

/** Answers of a whole form have some tens of kilobytes. */
const largestBody = 1_048_576;

/** The calls of pages that poll, filter or draw. Who asks is read from the session; the proxy has refused foreign origins. */
const handle = async (request: Request) => {
  const read = await readBody(request).catch((error: unknown) => problem(error, request));
  return read instanceof Response ? read : answerCall(read, requestContext);
};

/** Bodies of calls are small JSON: length, depth and keys are looked at before anything is built from them. */
async function readBody(request: Request): Promise<Request | Response> {
  if (request.method !== 'POST') return request;
  if (!/json/.test(request.headers.get('content-type') ?? '')) return new Response(null, { status: 415 });
  const text = await readText(request, largestBody);
  if (text !== '') parseJson(text, { maxLength: largestBody, maxDepth: 32 });
  return new Request(request.url, { method: 'POST', headers: request.headers, body: text });
}

export { handle as GET, handle as POST };
