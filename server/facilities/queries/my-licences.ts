import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { facilities, facilityLicences } from '#db/schema/facilities.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, as, notFound, query, systemActor, type TxContext } from '#server/platform/index.ts';
import { canListOwnLicences, isHolder } from '../policy.ts';
import { findLicence, type Licence, lockLicence } from '../records.ts';
import { type LicenceStatus, licenceStatus, renewalHindrance, sealHindrance } from '../rules.ts';

/** A licence as its holder sees it. */
export interface HeldLicence {
  id: string;
  kind: string;
  number: string;
  status: LicenceStatus;
  validTo: string | null;
  facility: { id: string; name: string; code: string };
  documentId: string | null;
  /** why it cannot be renewed now, as the end of a message key; null: it can */
  hindrance: ReturnType<typeof renewalHindrance>;
}

/** The licences of the businesses one may act for, what is about to end first; those that were replaced are not listed. */
export const listOwnLicences = query({
  input: z.strictObject({}),
  load: async (db, _input, ctx) =>
    ctx.actor.kind === 'person' && ctx.actor.memberships.length > 0 ? licencesHeldBy(db, ctx.actor.memberships) : [],
  allow: canListOwnLicences,
  view: (ctx, rows): HeldLicence[] => {
    const today = localDate(ctx.now());
    return rows
      .filter(({ licence }) => licence.supersededAt === null)
      .map(({ licence, facility }) => ({
        id: licence.id,
        kind: licence.kind,
        number: licence.number,
        status: licenceStatus(licence, today),
        validTo: licence.validTo,
        facility: { id: facility.id, name: facility.name, code: facility.code },
        documentId: licence.documentId,
        hindrance: renewalHindrance(licence, today),
      }));
  },
});

const licencesHeldBy = (db: Reader, organisationIds: readonly string[]) =>
  db
    .select({ licence: facilityLicences, facility: facilities })
    .from(facilityLicences)
    .innerJoin(facilities, eq(facilities.id, facilityLicences.facilityId))
    .where(and(inArray(facilities.organisationId, [...organisationIds])))
    .orderBy(asc(facilityLicences.validTo), desc(facilityLicences.issuedOn), asc(facilityLicences.id));

/**
 * A licence its holder asks to renew, locked so that two requests meet; `hindrance` says why it cannot be.
 * @throws AppError notFound for anybody but the holder
 */
export async function lockForRenewal(ctx: TxContext, licenceId: string) {
  const { licence, facility } = await lockLicence(ctx, licenceId);
  if (!isHolder(ctx.actor, facility)) notFound();
  return { licence, organisationId: facility.organisationId! };
}

/** What a renewal renews: the number as printed, and how that licence stands on a day; throws notFound. */
export async function licenceToRenew(
  db: Reader,
  licenceId: string,
  today: string,
): Promise<{ number: string; status: LicenceStatus }> {
  const licence = (await findLicence(db, licenceId)) ?? notFound();
  return { number: licence.number, status: licenceStatus(licence, today) };
}

/**
 * A renewal under way goes on while its licence expires or stands suspended, not once it was revoked or replaced: what
 * was taken away is not given back by renewing it.
 * @throws AppError invalidState
 */
export async function assertStillRenewable(db: Reader, licenceId: string, today: string): Promise<void> {
  const { status } = await licenceToRenew(db, licenceId, today);
  if (status === 'revoked' || status === 'superseded')
    throw new AppError('invalidState', `facilities.errors.renew.${status}`);
}

/**
 * The last moment at which a renewal can come to nothing: whoever revokes or suspends the licence waits until the seal
 * is set, or was before it.
 * @throws AppError invalidState saying what happened and what the clerk does now
 */
export async function assertSealable(ctx: TxContext, licenceId: string, today: string): Promise<void> {
  const [licence] = await as(ctx, systemActor('seal'))
    .tx.select()
    .from(facilityLicences)
    .where(eq(facilityLicences.id, licenceId))
    .for('share');
  const hindrance = sealHindrance(licenceStatus(licence ?? notFound(), today));
  if (hindrance) throw new AppError('invalidState', `facilities.errors.seal.${hindrance}`);
}

/** @throws AppError invalidState naming what stands in the way */
export function assertRenewable(licence: Licence, today: string): void {
  const hindrance = renewalHindrance(licence, today);
  if (hindrance) throw new AppError('invalidState', `facilities.errors.renew.${hindrance}`);
}
