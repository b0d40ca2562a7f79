import { problem } from '#app/_ui/problem.ts';
import { receiveBankCallback } from '#server/payments/index.ts';
import { database } from '#server/platform/database.ts';
import { AppError, newContext, newId, now, systemActor } from '#server/platform/index.ts';
import { log } from '#server/platform/log.ts';
import { wire } from '#server/wiring.ts';

export const dynamic = 'force-dynamic';

/** A notice of one transfer is a few hundred bytes. */
const largestBody = 16 * 1024;

/**
 * The bank tells of a transfer. It reads no cookie: the signature over time and body is the authentication.
 * 200 with the outcome for everything genuine, also what settles nothing, so that the bank does not call again;
 * otherwise a problem document (RFC 9457), and the bank tries later.
 */
export async function POST(request: Request): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId();
  wire();
  try {
    const answer = await receiveBankCallback(newContext(database(), systemActor('bank'), now, requestId), {
      timestamp: request.headers.get('x-bank-timestamp') ?? '',
      signature: request.headers.get('x-bank-signature') ?? '',
      rawBody: await bodyOf(request),
    });
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (error instanceof AppError) {
      log.warn('A callback of the bank was refused', { requestId, reason: error.reason });
    }
    return problem(error, request);
  }
}

/** The body, read no further than it may be long. */
async function bodyOf(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const reader = request.body?.getReader();
  for (let size = 0, part = await reader?.read(); reader && part && !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > largestBody) throw new AppError('invalidInput', 'payments.errors.callbackUnreadable');
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}
