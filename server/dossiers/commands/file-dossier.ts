import { and, eq, ne, sql } from 'drizzle-orm';
import { dossiers } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { assertStillRenewable } from '#server/facilities/index.ts';
import { getOrganisation, healthDepartmentOf, ministry, type OrganisationView } from '#server/identity/index.ts';
import { notify } from '#server/notifications/index.ts';
import { requestPayment } from '#server/payments/index.ts';
import {
  AppError,
  command,
  type FieldError,
  newSecret,
  nextNumber,
  type Person,
  searchable,
  type TxContext,
} from '#server/platform/index.ts';
import {
  dropHidden,
  feeFor,
  getVersion,
  type JsonObject,
  type ProcedureVersion,
  papersFor,
  routedProvince,
  titleOf,
  validateAll,
  visiblePages,
} from '#server/procedures/index.ts';
import { startInstance } from '#server/workflow/index.ts';
import { contentDigest } from '../content-digest.ts';
import { endEditing, pageToChooseOn } from '../draft-conflicts.ts';
import { FileDossier } from '../inputs.ts';
import { paperFaults } from '../paper-faults.ts';
import { placeFaults } from '../place-names.ts';
import { canActAsApplicant, canEditDraft } from '../policy.ts';
import { currentPapers, type Dossier, lockDossier, papersOf } from '../records.ts';
import { dossierCode } from '../rules.ts';
import { addToTimeline } from '../timeline.ts';

/**
 * Files a draft: the answers are complete, hidden ones are dropped, the code is given, the process starts, the fee is
 * asked for. Idempotent: the same `submissionKey` again gives the same answer; the same key with other content and another
 * key on a filed dossier are refused.
 */
export const fileDossier = command({
  name: 'dossier.file',
  input: FileDossier,
  load: (ctx, input) => lockDossier(ctx, input.dossierId),
  allow: (actor, dossier, input) =>
    dossier.submissionKey === input.submissionKey ? canActAsApplicant(actor, dossier) : canEditDraft(actor, dossier),
  run: async (ctx, input, dossier) => {
    if (dossier.submissionKey === input.submissionKey) return sameSubmission(dossier, input.contentDigest);
    await assertUnusedKey(ctx, dossier, input.submissionKey);
    if (input.contentDigest && input.contentDigest !== (await contentDigest(ctx.tx, dossier)))
      throw new AppError('conflict', 'dossiers.errors.changedSinceChecked');
    if (dossier.renewsLicenceId) await assertStillRenewable(ctx.tx, dossier.renewsLicenceId, localDate(ctx.now()));
    const version = await getVersion(ctx.tx, dossier.procedureVersionId);
    await assertAllChosen(ctx, dossier, version);
    const answers = await completeAnswers(ctx, dossier, version);
    const authority = await authorityFor(ctx, version, answers);
    const fee = feeFor(version, answers, ctx.now());
    const title = titleOf(version, answers);
    const payer = await payerOf(ctx, dossier);
    await endEditing(ctx, dossier.id);
    const filedAt = ctx.now();
    const code = await takeCode(ctx, authority, filedAt);
    await Promise.all([
      ctx.tx
        .update(dossiers)
        .set({
          answers,
          title,
          code,
          state: 1,
          trackingSecret: newSecret(8),
          submissionKey: input.submissionKey,
          submissionDigest: input.contentDigest ?? null,
          authorityId: authority.id,
          feeAmount: fee.amount,
          filedAt,
          searchText: searchable(`${title} ${code} ${payer}`),
          version: sql`${dossiers.version} + 1`,
        })
        .where(eq(dossiers.id, dossier.id)),
      addToTimeline(ctx, dossier.id, 'filed', { data: { code, fee: fee.amount, title } }),
    ]);
    if (fee.amount > 0) {
      await requestPayment(ctx, {
        subjectType: 'dossier',
        subjectId: dossier.id,
        subjectCode: code,
        payer: { userId: dossier.applicantUserId, organisationId: dossier.organisationId },
        purpose: version.title.vi,
        amount: fee.amount,
        payerName: payer,
        payeeOrganisationId: authority.id,
        idempotencyKey: `dossier-fee:${dossier.id}`,
      });
    }
    await startInstance(ctx, {
      definitionKey: version.definitionKey,
      definitionVersion: version.definitionVersion,
      businessKey: dossier.id,
      variables: { fee: fee.amount },
      commandId: `file:${dossier.id}`,
    });
    await notify(ctx, {
      userId: dossier.applicantUserId,
      kind: fee.amount > 0 ? 'payment-due' : 'filed',
      data: { code, title, amount: fee.amount },
      href: `/my/dossiers/${dossier.id}`,
      mail: true,
      dedupeKey: `filed:${dossier.id}`,
    });
    return { dossierId: dossier.id, code };
  },
  audit: ({ result }) => ({ subjectType: 'dossier', subjectId: result.dossierId, details: { code: result.code } }),
});

/** The answer of the first time; a submission that says it holds other content is not a repetition of it. */
function sameSubmission(dossier: Dossier, digest: string | undefined): { dossierId: string; code: string } {
  if (digest && dossier.submissionDigest && digest !== dossier.submissionDigest)
    throw new AppError('conflict', 'dossiers.errors.submissionKeyReused');
  return { dossierId: dossier.id, code: dossier.code! };
}

/** A key stands for one submission: used again for another dossier, one of the two must be a mistake. */
async function assertUnusedKey(ctx: TxContext, dossier: Dossier, submissionKey: string): Promise<void> {
  const [other] = await ctx.tx
    .select({ id: dossiers.id })
    .from(dossiers)
    .where(
      and(
        eq(dossiers.applicantUserId, dossier.applicantUserId),
        eq(dossiers.submissionKey, submissionKey),
        ne(dossiers.id, dossier.id),
      ),
    );
  if (other) throw new AppError('conflict', 'dossiers.errors.submissionKeyReused');
}

/** Whoever files has chosen wherever somebody else had changed what they typed. */
async function assertAllChosen(ctx: TxContext, { id, answers }: Dossier, version: ProcedureVersion): Promise<void> {
  const pages = visiblePages(version.form, dropHidden(version.form, answers as JsonObject));
  const by = { dossierId: id, userId: (ctx.actor as Person).userId };
  const open = await pageToChooseOn(
    ctx.tx,
    by,
    pages.map((page) => page.id),
  );
  const page = pages.find((each) => each.id === open);
  if (page)
    throw new AppError('invalidState', 'editing.errors.chooseFirst', {
      values: { pageVi: page.title.vi, pageEn: page.title.en },
    });
}

/** All that is asked has been answered and every required paper is there; throws `invalidInput` naming what is not. */
async function completeAnswers(ctx: TxContext, dossier: Dossier, version: ProcedureVersion): Promise<JsonObject> {
  const answers = dropHidden(version.form, dossier.answers as JsonObject);
  const fields: FieldError[] = validateAll(version.form, answers);
  fields.push(...(await placeFaults(ctx.tx, version.form, answers, localDate(ctx.now()))));
  const held = currentPapers(await papersOf(ctx.tx, dossier.id));
  fields.push(...paperFaults(papersFor(version, answers), held));
  if (fields.length > 0) throw new AppError('invalidInput', 'dossiers.errors.incomplete', { fields });
  return answers;
}

/** The ministry, or the health department of the place, as the procedure says. */
async function authorityFor(ctx: TxContext, version: ProcedureVersion, answers: JsonObject): Promise<OrganisationView> {
  const province = routedProvince(version, answers);
  return province ? healthDepartmentOf(ctx.tx, province) : ministry(ctx.tx);
}

/** The next code of the authority and day. The counter stays locked until the commit: no gap, no repeat. */
async function takeCode(ctx: TxContext, authority: OrganisationView, filedAt: Date): Promise<string> {
  const day = localDate(filedAt);
  const agency = authority.agencyCode!;
  return dossierCode(agency, day, await nextNumber(ctx, 'dossier-code', `${agency}|${day}`));
}

async function payerOf(ctx: TxContext, dossier: Dossier): Promise<string> {
  return dossier.organisationId
    ? (await getOrganisation(ctx.tx, dossier.organisationId)).name
    : (ctx.actor as Person).name;
}
