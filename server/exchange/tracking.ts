import { type TrackedDossier, trackDossier } from '#server/dossiers/index.ts';
import { type Context, now } from '#server/platform/index.ts';
import { instantText } from './api/list-answer.ts';
import { heldBy, stateWords, stepWords } from './plain-words.ts';
import { seal, unseal } from './seal.ts';

interface Words {
  vi: string;
  en: string;
}

/** Where a dossier stands, in plain words and nothing personal. Instants are ISO 8601 texts. */
export interface DossierStatus {
  code: string;
  procedure: Words;
  state: { number: number; name: string } & Words;
  step: ({ name: string; since: string | null } & Words) | null;
  /** a desk, never a person */
  heldBy: ({ role: string } & Words) | null;
  filedAt: string | null;
  receivedAt: string | null;
  dueAt: string | null;
  workingDaysLeft: number | null;
  /** until when the applicant owes an answer, or owed the one that never came */
  answerDueAt: string | null;
  /** ended because that answer did not come in time */
  lapsed: boolean;
  /** how often a supplement was asked for */
  supplements: number;
  clock: 'notStarted' | 'running' | 'stopped' | 'finished';
  phases: { title: Words; state: 'done' | 'current' | 'upcoming' }[];
  /** when it was looked up */
  at: string;
}

/** An instant as the contract writes it: ISO 8601 with the offset of Vietnam. */
const orNull = (at: Date | null): string | null => (at ? instantText(at) : null);

/**
 * The state of a dossier for whoever has its code and secret; attempts are counted by code and by `address`.
 * @throws notFound for a wrong pair, whichever half is wrong; limit
 */
export async function dossierStatusOf(
  ctx: Context,
  pair: { code: string; secret: string },
  address: string,
): Promise<DossierStatus> {
  const dossier = await trackDossier(ctx, pair, address);
  return {
    code: dossier.code,
    procedure: dossier.procedureTitle,
    state: { number: dossier.stateNumber, name: dossier.state, ...stateWords(dossier.state) },
    step: dossier.step && { name: dossier.step, ...stepWords(dossier.step), since: orNull(dossier.since) },
    heldBy: dossier.role ? { role: dossier.role, ...heldBy(dossier.role) } : null,
    filedAt: orNull(dossier.filedAt),
    receivedAt: orNull(dossier.receivedAt),
    dueAt: orNull(dossier.dueAt),
    workingDaysLeft: dossier.workingDaysLeft,
    answerDueAt: orNull(dossier.answerDueAt),
    lapsed: dossier.lapsed,
    supplements: dossier.supplements,
    clock: clockOf(dossier),
    phases: dossier.phases.map(({ title, state }) => ({ title, state })),
    at: instantText(ctx.now()),
  };
}

function clockOf({ stopped, workingDaysLeft, receivedAt }: TrackedDossier): DossierStatus['clock'] {
  if (stopped) return 'stopped';
  if (workingDaysLeft !== null) return 'running';
  return receivedAt ? 'finished' : 'notStarted';
}

/** The same, sealed: it may stand in an address for a quarter of an hour. */
export async function sealStatus(
  ctx: Context,
  pair: { code: string; secret: string },
  address: string,
): Promise<string> {
  return seal('status', await dossierStatusOf(ctx, pair, address), ctx.now());
}

export const unsealStatus = (sealed: string): DossierStatus | null => unseal<DossierStatus>('status', sealed, now());
