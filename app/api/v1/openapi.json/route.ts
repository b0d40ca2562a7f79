import { openApi } from '#server/exchange/index.ts';
import { env } from '#server/platform/env.ts';

export const dynamic = 'force-dynamic';

export const GET = () =>
  Response.json(openApi(env().appUrl), {
    headers: { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' },
  });
