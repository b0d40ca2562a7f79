import { eq } from 'drizzle-orm';
import { dossierPapers, dossiers } from '#db/schema/dossiers.ts';
import {
  type Actor,
  AppError,
  newId,
  notFound,
  type Person,
  type TxContext,
  type Verdict,
} from '#server/platform/index.ts';
import { getVersion, type Paper, papersFor } from '#server/procedures/index.ts';
import { canActAsApplicant, canEditDraft } from './policy.ts';
import { type ApplicantRequest, type Dossier, findOpenRequest, lockDossier, papersOf } from './records.ts';

export interface PaperSubject {
  dossier: Dossier;
  /** the request whose answer is being made; null: a draft, or nothing is asked for */
  request: ApplicantRequest | null;
}

export async function lockForPapers(ctx: TxContext, { dossierId }: { dossierId: string }): Promise<PaperSubject> {
  const dossier = await lockDossier(ctx, dossierId);
  return { dossier, request: dossier.state > 0 ? await findOpenRequest(ctx.tx, dossierId) : null };
}

/** Papers change while the dossier is a draft, and afterwards only as the answer to an open request. */
export function canChangePapers(actor: Actor, { dossier, request }: PaperSubject): Verdict {
  return request ? canActAsApplicant(actor, dossier) : canEditDraft(actor, dossier);
}

/**
 * The paper one more file could be handed in for, and the digests of what is there already.
 * @throws when these answers, or the request that is being answered, do not ask for it, or it has as many as it may
 */
export async function placeFor(
  ctx: TxContext,
  { dossier, request }: PaperSubject,
  paperKey: string,
): Promise<{ paper: Paper; held: string[] }> {
  const version = await getVersion(ctx.tx, dossier.procedureVersionId);
  const paper = papersFor(version, dossier.answers).find((each) => each.key === paperKey);
  if (!paper) notFound('dossiers.errors.paperNotAsked');
  const asked = request?.kind !== 'supplement' || request.items.some((item) => isPaper(item, paperKey));
  if (!asked) throw new AppError('invalidState', 'dossiers.errors.itemNotRequested');
  const held = (await papersOf(ctx.tx, dossier.id)).filter(
    (each) => each.paperKey === paper.key && !each.replacedAt && each.pendingRequestId === (request?.id ?? null),
  );
  if (held.length >= paper.maxFiles)
    throw new AppError('limit', 'dossiers.errors.tooManyFiles', { values: { maximum: paper.maxFiles } });
  return { paper, held: held.map((each) => each.sha256) };
}

const isPaper = (item: { kind: string; target: string }, key: string): boolean =>
  item.kind === 'paper' && item.target === key;

/**
 * Hands in a stored file. During an answer to a request it stays unseen by officials until the answer is sent.
 * @throws when the same content is there already
 */
export async function handIn(
  ctx: TxContext,
  { dossier, request }: PaperSubject,
  { paper, held }: { paper: Paper; held: string[] },
  file: { id: string; sha256: string },
): Promise<string> {
  if (held.includes(file.sha256)) throw new AppError('conflict', 'dossiers.errors.sameFileTwice');
  const id = newId();
  await ctx.tx.insert(dossierPapers).values({
    id,
    dossierId: dossier.id,
    paperKey: paper.key,
    fileId: file.id,
    sha256: file.sha256,
    addedBy: (ctx.actor as Person).userId,
    addedAt: ctx.now(),
    pendingRequestId: request?.id ?? null,
  });
  if (dossier.state === 0) await ctx.tx.update(dossiers).set({ savedAt: ctx.now() }).where(eq(dossiers.id, dossier.id));
  return id;
}
