import { eq, sql } from 'drizzle-orm';
import { facilities, facilityChanges, facilityLicences } from '#db/schema/facilities.ts';
import {
  AppError,
  as,
  command,
  newId,
  nextNumber,
  searchable,
  systemActor,
  type TxContext,
} from '#server/platform/index.ts';
import { changeDocumentStatus } from '#server/signatures/index.ts';
import { RegisterFacility } from '../inputs.ts';
import { canRegisterFacility } from '../policy.ts';
import { recordedBy } from '../recorded-by.ts';
import {
  type Facility,
  findFacility,
  findLicenceOfDossier,
  type Licence,
  lockLicence,
  placeCodeOf,
  placeNames,
} from '../records.ts';
import { facilityCode } from '../rules.ts';

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
    const facility = before ? await updateFacility(ctx, input, before.facility) : await insertFacility(ctx, input);
    const licenceId = newId();
    await ctx.tx
      .insert(facilityLicences)
      .values({ id: licenceId, facilityId: facility.id, documentId, dossierId, ...licence });
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

/** What stands in the register of a facility besides its code. */
async function factsOf(ctx: TxContext, input: Input, code: string) {
  const { licence, dossierId: _dossier, documentId: _document, renews: _renews, ...facts } = input;
  const provinces = await placeNames(ctx.tx, 'province', [facts.provinceCode]);
  const wards = await placeNames(ctx.tx, 'ward', facts.wardCode ? [facts.wardCode] : []);
  const places = [...wards.values(), ...provinces.values()].map((place) => place.name);
  const words = [facts.name, code, licence.number, facts.taxCode ?? '', facts.addressLine, ...places];
  return { ...facts, searchName: searchable(facts.name), searchText: searchable(words.join(' ')) };
}

/** The entry stays, with its code; what the new certificate says of it holds from now on. */
async function updateFacility(ctx: TxContext, input: Input, { id, code }: Facility): Promise<Facility> {
  const [row] = await ctx.tx
    .update(facilities)
    .set({ ...(await factsOf(ctx, input, code)), version: sql`${facilities.version} + 1` })
    .where(eq(facilities.id, id))
    .returning();
  return row!;
}

/** The licence before: it does not hold beside the one that took its place, nor does its paper. */
async function supersede(ctx: TxContext, licence: Licence, supersededBy: string): Promise<void> {
  await ctx.tx
    .update(facilityLicences)
    .set({ supersededAt: ctx.now(), supersededBy })
    .where(eq(facilityLicences.id, licence.id));
  if (!licence.documentId) return;
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

async function insertFacility(ctx: TxContext, input: Input): Promise<Facility> {
  const { licence: _licence, ...facts } = input;
  const placeCode = await placeCodeOf(ctx.tx, facts.provinceCode);
  // taken last, so that the counter stays locked for the shortest time
  const number = await nextNumber(ctx, 'facility', `${placeCode}-${facts.kind}`);
  const code = facilityCode(placeCode, facts.kind, number);
  const [row] = await ctx.tx
    .insert(facilities)
    .values({ ...(await factsOf(ctx, input, code)), id: newId(), code, createdAt: ctx.now() })
    .returning();
  return row!;
}

/** What the register believes of it, without what only search needs. */
function withoutSearch({ searchName: _name, searchText: _text, createdAt: _at, ...facts }: Facility) {
  return facts;
}
