import { answer } from '#app/_server/answer.ts';
import { auditHead } from '#server/exchange/index.ts';
import { database } from '#server/platform/database.ts';

export async function GET(request: Request, { params }: { params: Promise<{ ordinal: string }> }): Promise<Response> {
  return answer(database(), request, await params, auditHead);
}
