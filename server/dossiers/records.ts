import { and, asc, desc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import {
  applicantRequests,
  assessments,
  clockEvents,
  type dossierEvents,
  dossierPapers,
  dossierResults,
  dossiers,
  inspections,
  proposals,
  slips,
} from '#db/schema/dossiers.ts';
import { files } from '#db/schema/platform.ts';
import { type Actor, dossierAuthoritiesOf, notFound, type TxContext } from '#server/platform/index.ts';
import { lockInstance } from '#server/workflow/index.ts';

export type Dossier = typeof dossiers.$inferSelect;
export type ApplicantRequest = typeof applicantRequests.$inferSelect;
export type Inspection = typeof inspections.$inferSelect;
export type Slip = typeof slips.$inferSelect;
export type DossierEvent = typeof dossierEvents.$inferSelect;

export async function findDossier(db: Reader, id: string): Promise<Dossier | null> {
  const [row] = await db.select().from(dossiers).where(eq(dossiers.id, id));
  return row ?? null;
}

export const getDossier = async (db: Reader, id: string): Promise<Dossier> => (await findDossier(db, id)) ?? notFound();

/**
 * Locks a dossier for a change. The process instance is locked first: jobs of the process lock in that order too,
 * so the two never wait for each other.
 */
export async function lockDossier(ctx: TxContext, id: string): Promise<Dossier> {
  const [seen] = await ctx.tx.select({ instanceId: dossiers.instanceId }).from(dossiers).where(eq(dossiers.id, id));
  if (seen?.instanceId) await lockInstance(ctx, seen.instanceId);
  const [row] = await ctx.tx.select().from(dossiers).where(eq(dossiers.id, id)).for('update');
  return row ?? notFound();
}

/** The rows an actor may see, as a condition for every list: the twin of `canReadDossier`. */
export function dossiersVisibleTo(actor: Actor): SQL {
  if (actor.kind === 'system') return sql`true`;
  if (actor.kind === 'anonymous') return sql`false`;
  const authorities = dossierAuthoritiesOf(actor);
  const ofAuthorities =
    authorities.length > 0 ? and(gt(dossiers.state, 0), inArray(dossiers.authorityId, authorities)) : sql`false`;
  return or(ownDossiersOf(actor), ofAuthorities)!;
}

/** The rows an actor is applicant of: the twin of `isApplicant`. Never null, so that it may be negated. */
export function ownDossiersOf(actor: Actor): SQL {
  if (actor.kind !== 'person') return sql`false`;
  const own = and(isNull(dossiers.organisationId), eq(dossiers.applicantUserId, actor.userId));
  const ofBusinesses = actor.memberships.length > 0 ? inArray(dossiers.organisationId, actor.memberships) : sql`false`;
  return sql`(${or(own, ofBusinesses)}) is true`;
}

export const papersOf = (db: Reader, dossierId: string) =>
  db
    .select({
      id: dossierPapers.id,
      paperKey: dossierPapers.paperKey,
      fileId: dossierPapers.fileId,
      name: files.name,
      mediaType: files.mediaType,
      size: files.size,
      sha256: files.sha256,
      scan: files.scan,
      addedAt: dossierPapers.addedAt,
      pendingRequestId: dossierPapers.pendingRequestId,
      replacedAt: dossierPapers.replacedAt,
      replacedByRequestId: dossierPapers.replacedByRequestId,
    })
    .from(dossierPapers)
    .innerJoin(files, eq(files.id, dossierPapers.fileId))
    .where(eq(dossierPapers.dossierId, dossierId))
    .orderBy(asc(dossierPapers.addedAt), asc(dossierPapers.id));
export type Paper = Awaited<ReturnType<typeof papersOf>>[number];

/** Papers that count now: neither replaced nor part of an answer that has not been sent. */
export const currentPapers = (papers: readonly Paper[]): Paper[] =>
  papers.filter((p) => !p.replacedAt && !p.pendingRequestId);

export const clockEventsOf = (db: Reader, dossierId: string) =>
  db.select().from(clockEvents).where(eq(clockEvents.dossierId, dossierId)).orderBy(asc(clockEvents.id));

export const requestsOf = (db: Reader, dossierId: string) =>
  db
    .select()
    .from(applicantRequests)
    .where(eq(applicantRequests.dossierId, dossierId))
    .orderBy(asc(applicantRequests.requestedAt));

/** The request whose time ran out and that ended the dossier; one that a withdrawal closed ended nothing. */
export const lapsedOf = (dossier: Pick<Dossier, 'state'>, requests: ApplicantRequest[]): ApplicantRequest | null =>
  (dossier.state === 8 && requests.findLast((request) => request.lapsedAt !== null)) || null;

/** The request the applicant still owes an answer to. */
export async function findOpenRequest(db: Reader, dossierId: string): Promise<ApplicantRequest | null> {
  const [row] = await db
    .select()
    .from(applicantRequests)
    .where(
      and(
        eq(applicantRequests.dossierId, dossierId),
        isNull(applicantRequests.answeredAt),
        isNull(applicantRequests.lapsedAt),
      ),
    )
    .orderBy(desc(applicantRequests.requestedAt))
    .limit(1);
  return row ?? null;
}

export const slipsOf = (db: Reader, dossierId: string) =>
  db.select().from(slips).where(eq(slips.dossierId, dossierId)).orderBy(asc(slips.issuedAt));

export const inspectionsOf = (db: Reader, dossierId: string) =>
  db.select().from(inspections).where(eq(inspections.dossierId, dossierId)).orderBy(asc(inspections.round));

/** What officials proposed to the leader, oldest first. */
export const proposalsOf = (db: Reader, dossierId: string) =>
  db.select().from(proposals).where(eq(proposals.dossierId, dossierId)).orderBy(asc(proposals.proposedAt));
export type Proposal = typeof proposals.$inferSelect;

/** The proposal of a kind that waits for the leader. */
export async function findOpenProposal(
  db: Reader,
  dossierId: string,
  kind: Proposal['kind'],
): Promise<Proposal | null> {
  const [row] = await db
    .select()
    .from(proposals)
    .where(and(eq(proposals.dossierId, dossierId), eq(proposals.kind, kind), isNull(proposals.outcome)));
  return row ?? null;
}

/** The result that counts: the last one that was not taken back. */
export async function findResult(db: Reader, dossierId: string) {
  const [row] = await db
    .select()
    .from(dossierResults)
    .where(and(eq(dossierResults.dossierId, dossierId), eq(dossierResults.withdrawn, false)))
    .orderBy(desc(dossierResults.createdAt))
    .limit(1);
  return row ?? null;
}
export type DossierResult = NonNullable<Awaited<ReturnType<typeof findResult>>>;

export const assessmentsOf = (db: Reader, dossierId: string) =>
  db.select().from(assessments).where(eq(assessments.dossierId, dossierId)).orderBy(asc(assessments.assessedAt));
