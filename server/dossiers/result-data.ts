import { localDate } from '#server/calendar/index.ts';
import { getOrganisation, postOf, usersWithRole } from '#server/identity/index.ts';
import { AppError, type TxContext } from '#server/platform/index.ts';
import type { JsonObject, ProcedureVersion } from '#server/procedures/index.ts';
import { procedureCode } from '#workflows/index.ts';
import { placeNamesIn } from './place-names.ts';
import type { Dossier } from './records.ts';
import { applicantOf, placeOf } from './slip-names.ts';

export interface ResultDraft {
  kind: 'certificate' | 'refusal';
  text: string;
  validTo: string | null;
  /** the leader whose name stands under it */
  signerId: string;
}

/** What the procedure's templates print: the procedure's own code picks from the answers, this adds what every result has. */
export async function resultData(
  ctx: TxContext,
  dossier: Dossier,
  version: ProcedureVersion,
  draft: ResultDraft,
): Promise<Record<string, unknown>> {
  const code = procedureCode[version.key];
  if (!code) throw new AppError('invalidState', 'dossiers.errors.noResultTemplate');
  const now = ctx.now();
  const [authority, applicantName, signer, organisation] = await Promise.all([
    getOrganisation(ctx.tx, dossier.authorityId!),
    applicantOf(ctx.tx, dossier),
    signerOf(ctx, dossier.authorityId!, draft.signerId),
    dossier.organisationId ? getOrganisation(ctx.tx, dossier.organisationId) : null,
  ]);
  const answers = dossier.answers as JsonObject;
  const places = await placeNamesIn(ctx.tx, version.form, answers, localDate(dossier.filedAt ?? now));
  return code.resultData({
    kind: draft.kind,
    answers,
    placeName: (level, placeCode) => places[`${level}:${placeCode}`] ?? placeCode,
    applicant: { name: applicantName, taxCode: organisation?.taxCode ?? null, address: organisation?.address ?? null },
    authority: {
      name: authority.name,
      superiorName: authority.superiorName,
      documentCode: authority.documentCode,
      placeCode: authority.placeCode,
      placeText: placeOf(authority.superiorName ?? authority.name),
    },
    dossier: { code: dossier.code!, filedAt: dossier.filedAt!, receivedAt: dossier.receivedAt },
    signer,
    text: draft.text.trim(),
    validTo: draft.validTo,
    createdAt: now.toISOString(),
  });
}

/** Title lines and name of the leader who is to sign; throws when that person may not. */
async function signerOf(
  ctx: TxContext,
  authorityId: string,
  userId: string,
): Promise<{ title: string[]; name: string }> {
  const leaders = await usersWithRole(ctx.tx, 'leader', authorityId);
  const leader = leaders.find((person) => person.id === userId);
  if (!leader) {
    throw new AppError('invalidInput', 'errors.invalidInput', {
      fields: [{ path: 'signerId', reason: 'dossiers.errors.notALeader' }],
    });
  }
  const post = await postOf(ctx.tx, leader.id, ctx.now());
  const title = (post?.signatureTitle ?? post?.title ?? '').split('\n').filter(Boolean);
  return { title: title.length > 0 ? title : ['LÃNH ĐẠO CƠ QUAN'], name: leader.name };
}
