import { and, eq, notInArray } from 'drizzle-orm';
import { dossiers } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { assertRenewable, lockForRenewal } from '#server/facilities/index.ts';
import { command, type Person, type TxContext } from '#server/platform/index.ts';
import { StartRenewal } from '../inputs.ts';
import { canCreateDossier } from '../policy.ts';
import { findDossier } from '../records.ts';
import { finalStates } from '../rules.ts';
import { createDraft } from './create-draft.ts';

/**
 * The holder of a licence asks for its renewal: a draft of the procedure that gives such licences, with the answers of
 * the dossier that led to this one. A renewal that is under way is taken up again, not begun twice.
 */
export const startRenewal = command({
  name: 'dossier.start-renewal',
  input: StartRenewal,
  load: (ctx, { licenceId }) => lockForRenewal(ctx, licenceId),
  allow: (actor, { organisationId }) => canCreateDossier(actor, organisationId),
  run: async (ctx, { licenceId }, { licence, organisationId }) => {
    const underWay = await findRenewal(ctx, licenceId);
    if (underWay) return { id: underWay, organisationId };
    assertRenewable(licence, localDate(ctx.now()));
    const before = licence.dossierId ? await findDossier(ctx.tx, licence.dossierId) : null;
    const { id } = await createDraft(ctx, { procedureKey: licence.kind, organisationId });
    await ctx.tx
      .update(dossiers)
      .set({ renewsLicenceId: licenceId, ...(before ? { answers: before.answers } : {}) })
      .where(eq(dossiers.id, id));
    return { id, organisationId };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: result.id,
    details: { licenceId: input.licenceId },
  }),
});

/** The person's own draft, or whatever of the business was filed and is not decided. */
async function findRenewal(ctx: TxContext, licenceId: string): Promise<string | null> {
  const rows = await ctx.tx
    .select({ id: dossiers.id, state: dossiers.state, applicantUserId: dossiers.applicantUserId })
    .from(dossiers)
    .where(and(eq(dossiers.renewsLicenceId, licenceId), notInArray(dossiers.state, [...finalStates])))
    .orderBy(dossiers.createdAt);
  const { userId } = ctx.actor as Person;
  return (
    (rows.find((row) => row.state > 0) ?? rows.find((row) => row.applicantUserId === userId) ?? rows[0])?.id ?? null
  );
}
