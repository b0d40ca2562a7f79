import { eq, sql } from 'drizzle-orm';
import { facilities, facilityChanges, facilityLicences } from '#db/schema/facilities.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, as, command, newId, systemActor, type TxContext } from '#server/platform/index.ts';
import { recordVersions, versionsOn } from '#server/registers/index.ts';
import { changeDocumentStatus } from '#server/signatures/index.ts';
import { RegisterFacility } from '../inputs.ts';
import { canRegisterFacility } from '../policy.ts';
import { recordedBy } from '../recorded-by.ts';
import { type Facility, findFacility, findLicenceOfDossier, type Licence, lockLicence } from '../records.ts';
import { FacilityContent, facilitiesRegister, writeSearchText } from '../register.ts';
import { afterCertificate } from '../rules.ts';

export interface RegisteredFacility {
  facilityId: string;
  /** e.g. HNO-NT-000001 */
  code: string;
  licenceId: string;
  /** false: this dossier had already led to it, nothing was changed */
  created: boolean;
}

type Input = ReturnType<typeof RegisterFacility.parse>;

/**
 * Adds a facility and its licence to the register: what a procedure does with a signed certificate. The same dossier
 * leads to the same entry however often it is called, so a step that runs twice changes nothing the second time.
 */
export const registerFacility = command({
  name: 'facility.register',
  input: RegisterFacility,
  load: async (ctx, { dossierId }) => {
    // two runs of one step wait for each other here, before there is a row to lock
    await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`facility:${dossierId}`}, 0))`);
    return findLicenceOfDossier(ctx.tx, dossierId);
  },
  allow: (actor) => canRegisterFacility(actor),
  run: async (ctx, input, existing): Promise<RegisteredFacility> => {
    if (existing) {
      const facility = (await findFacility(ctx.tx, existing.facilityId))!;
      return { facilityId: facility.id, code: facility.code, licenceId: existing.id, created: false };
    }
    const { licence, dossierId, documentId, renews } = input;
    const before = renews ? await lockLicence(ctx, renews) : null;
    const facility = await say(ctx, input, before?.facility ?? null);
    const licenceId = newId();
    await ctx.tx
      .insert(facilityLicences)
      .values({ id: licenceId, facilityId: facility.id, documentId, dossierId, ...licence });
    await writeSearchText(ctx, [facility.id]);
    if (before) await supersede(ctx, before.licence, licenceId);
    await ctx.tx.insert(facilityChanges).values({
      facilityId: facility.id,
      action: before ? 'licenceRenewed' : 'registered',
      validFrom: licence.validFrom,
      recordedAt: ctx.now(),
      recordedBy: recordedBy(ctx.actor),
      documentId,
      after: { ...withoutSearch(facility), licence: { id: licenceId, ...licence } },
    });
    return { facilityId: facility.id, code: facility.code, licenceId, created: true };
  },
  audit: ({ input, result }) => ({
    subjectType: 'facility',
    subjectId: result.facilityId,
    details: { code: result.code, dossierId: input.dossierId, documentId: input.documentId, created: result.created },
  }),
});

/** The entry stays, with its code, when a licence is renewed: what the new certificate says of it holds from now on, and
 * what it is silent about goes on. */
async function say(ctx: TxContext, input: Input, before: Facility | null): Promise<Facility> {
  const { licence, dossierId: _dossier, documentId, renews: _renews, organisationId, ...said } = input;
  const today = localDate(ctx.now());
  const known = before ? (await versionsOn(ctx.tx, [before.id], today)).get(before.id)?.content : undefined;
  const content = FacilityContent.parse(afterCertificate(known ?? {}, said));
  const [id] = await recordVersions(ctx, facilitiesRegister, [
    {
      ...(before ? { entryId: before.id } : {}),
      isNew: before === null,
      action: before ? 'changed' : 'registered',
      content,
      // it is there from today on at the latest, even when its licence begins later
      validFrom: [licence.validFrom, today].sort()[0]!,
      decisionNumber: licence.number,
      documentId,
    },
  ]);
  const [row] = await ctx.tx
    .update(facilities)
    .set({ organisationId: organisationId ?? before?.organisationId ?? null })
    .where(eq(facilities.id, id!))
    .returning();
  return row!;
}

/** The licence before: it does not hold beside the one that took its place, nor does its paper. */
async function supersede(ctx: TxContext, licence: Licence, supersededBy: string): Promise<void> {
  await ctx.tx
    .update(facilityLicences)
    .set({ supersededAt: ctx.now(), supersededBy })
    .where(eq(facilityLicences.id, licence.id));
  // a paper that was revoked stays so: replaced would say less
  if (!licence.documentId || licence.revokedAt) return;
  const change = {
    documentId: licence.documentId,
    status: 'superseded',
    reason: 'Đã được thay thế khi gia hạn',
  } as const;
  // a register may refer to a document that was signed elsewhere, or whose force ended before
  await changeDocumentStatus(as(ctx, systemActor('facilities')), change).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

/** What the register believes of it, without what only search needs. */
function withoutSearch({ searchName: _name, searchText: _text, createdAt: _at, ...facts }: Facility) {
  return facts;
}
