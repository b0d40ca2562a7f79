import { answer } from '#app/_server/answer.ts';
import { dossierStatus } from '#server/exchange/index.ts';
import { database } from '#server/platform/database.ts';

export async function POST(request: Request, { params }: { params: Promise<{ code: string }> }): Promise<Response> {
  return answer(database(), request, await params, dossierStatus);
}
