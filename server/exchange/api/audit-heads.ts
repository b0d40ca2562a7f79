import { parseInput } from '#server/platform/index.ts';
import type { ApiHandler } from '../api-route.ts';
import { getHead, HeadNumber, ListHeads, listHeads } from '../audit/queries.ts';

/** What is published stays as it is, so copies may be kept; the list grows once a day. */
const headers = { 'cache-control': 'public, max-age=60' };

/** `GET /api/v1/audit-heads`: the signed heads of the audit log, the latest first, with the key that signs them. */
export const auditHeadList: ApiHandler = async (ctx, request) => {
  const query = parseInput(ListHeads, Object.fromEntries(new URL(request.url).searchParams));
  return Response.json(await listHeads(ctx, query), { headers });
};

/** `GET /api/v1/audit-heads/{ordinal}`: one head, as the offline checker takes it. */
export const auditHead: ApiHandler<{ ordinal: string }> = async (ctx, _request, params) =>
  Response.json(await getHead(ctx, parseInput(HeadNumber, params as never)), { headers });
