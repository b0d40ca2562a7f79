import { answer } from '#app/_server/answer.ts';
import { fhir } from '#server/exchange/index.ts';
import { database } from '#server/platform/database.ts';

export const GET = async (request: Request, { params }: { params: Promise<{ path: string[] }> }) =>
  answer(database(), request, (await params).path, fhir);

/** A search by form: `POST <type>/_search`. It changes nothing. */
export const POST = GET;
