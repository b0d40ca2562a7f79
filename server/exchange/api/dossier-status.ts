import { z } from 'zod';
import { parseInput } from '#server/platform/index.ts';
import { type ApiHandler, addressOf } from '../api-route.ts';
import { readJson } from '../read-json.ts';
import { dossierStatusOf } from '../tracking.ts';

const StatusRequest = z.strictObject({ secret: z.string().min(1).max(64) });

/** `POST /api/v1/dossiers/{code}/status`: where a dossier stands, nothing about a person; a wrong pair is a 404 like any other. */
export const dossierStatus: ApiHandler<{ code: string }> = async (ctx, request, { code }) => {
  const { secret } = parseInput(StatusRequest, await readJson(request));
  const status = await dossierStatusOf(ctx, { code, secret }, addressOf(request));
  return Response.json(status, { headers: { 'cache-control': 'no-store' } });
};
