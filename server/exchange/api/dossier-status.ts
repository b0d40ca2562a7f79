import { z } from 'zod';
import { trackDossier } from '#server/dossiers/index.ts';
import { parseInput } from '#server/platform/index.ts';
import { type ApiHandler, addressOf } from '../answer.ts';
import { heldBy, stateWords, stepWords } from '../plain-words.ts';
import { readJson } from '../read-json.ts';

const StatusRequest = z.strictObject({ secret: z.string().min(1).max(64) });

/** An instant as the contract writes it: ISO 8601 with the offset of Vietnam. */
export const isoInVietnam = (at: Date): string =>
  new Date(at.getTime() + 7 * 3_600_000).toISOString().replace('Z', '+07:00');
const orNull = (at: Date | null) => (at ? isoInVietnam(at) : null);

/** `POST /api/v1/dossiers/{code}/status`: where a dossier stands, nothing about a person; a wrong pair is a 404 like any other. */
export const dossierStatus: ApiHandler<{ code: string }> = async (ctx, request, { code }) => {
  const { secret } = parseInput(StatusRequest, await readJson(request));
  const dossier = await trackDossier(ctx, { code, secret }, addressOf(request));
  const body = {
    code: dossier.code,
    procedure: dossier.procedureTitle,
    state: { number: dossier.stateNumber, name: dossier.state, ...stateWords(dossier.state) },
    step: dossier.step && { name: dossier.step, ...stepWords(dossier.step), since: orNull(dossier.since) },
    heldBy: dossier.role && { role: dossier.role, ...heldBy(dossier.role) },
    filedAt: orNull(dossier.filedAt),
    receivedAt: orNull(dossier.receivedAt),
    dueAt: orNull(dossier.dueAt),
    workingDaysLeft: dossier.workingDaysLeft,
    clock: dossier.stopped ? 'stopped' : dossier.workingDaysLeft === null ? 'notRunning' : 'running',
  };
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
};
