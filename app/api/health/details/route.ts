import { createHash, timingSafeEqual } from 'node:crypto';
import { problem } from '#app/_ui/problem.ts';
import { operatorFacts } from '#server/operations/index.ts';
import { database } from '#server/platform/database.ts';
import { env } from '#server/platform/env.ts';
import { AppError } from '#server/platform/index.ts';
import { readiness } from '#server/platform/readiness.ts';

export const dynamic = 'force-dynamic';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What an operator's monitor asks: the state in numbers and what is out of order. Without the token there is no such page. */
export async function GET(request: Request): Promise<Response> {
  const { operatorToken, dataDir } = env();
  const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  if (!operatorToken || !timingSafeEqual(digest(given), digest(operatorToken)))
    return problem(new AppError('notFound', 'errors.notFound'), request);
  try {
    const [status, facts] = await Promise.all([readiness(), operatorFacts(database(), dataDir)]);
    return Response.json({ status, ...facts }, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return problem(error, request);
  }
}
