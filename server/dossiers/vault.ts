import { and, arrayContains, desc, eq, exists, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dossierEventFiles, messageDrafts } from '#db/schema/correspondence.ts';
import { dossierPapers, dossierResults, dossiers } from '#db/schema/dossiers.ts';
import { files } from '#db/schema/platform.ts';
import { vaultPapers } from '#db/schema/vault.ts';
import {
  type Actor,
  as,
  type FileScan,
  newId,
  notFound,
  type StoredFile,
  systemActor,
  type TxContext,
} from '#server/platform/index.ts';
import type { Text } from '#server/procedures/index.ts';
import { getDocument } from '#server/signatures/index.ts';
import { ownDossiersOf } from './records.ts';

export type VaultPaper = typeof vaultPapers.$inferSelect;

/** Whose vault: of a business, or of the person alone. */
export interface VaultOwner {
  userId: string;
  organisationId: string | null;
}

/** The papers an actor may use: their own, and those of every business they may act for. */
export function vaultVisibleTo(actor: Actor): SQL {
  if (actor.kind !== 'person') return sql`false`;
  const own = and(isNull(vaultPapers.organisationId), eq(vaultPapers.userId, actor.userId));
  const ofBusinesses =
    actor.memberships.length > 0 ? inArray(vaultPapers.organisationId, actor.memberships) : sql`false`;
  return or(own, ofBusinesses)!;
}

/** A dossier takes the papers of its own business and those of the person who hands them in, never of another business. */
export const isForDossier = (
  paper: { organisationId: string | null },
  dossier: { organisationId: string | null },
): boolean => paper.organisationId === null || paper.organisationId === dossier.organisationId;

export interface VaultItem {
  id: string;
  fileId: string;
  kind: string;
  kindTitle: Text;
  name: string;
  validTo: string | null;
  organisationId: string | null;
  mediaType: string;
  size: number;
  sha256: string;
  scan: FileScan;
  addedAt: Date;
  /** dossiers it has been handed in with */
  dossiers: number;
}

/** The papers in an actor's vaults, newest first. */
export const vaultItemsOf = (db: Reader, where: SQL): Promise<VaultItem[]> =>
  db
    .select({
      id: vaultPapers.id,
      fileId: vaultPapers.fileId,
      kind: vaultPapers.kind,
      kindTitle: vaultPapers.kindTitle,
      name: vaultPapers.name,
      validTo: vaultPapers.validTo,
      organisationId: vaultPapers.organisationId,
      mediaType: files.mediaType,
      size: files.size,
      sha256: files.sha256,
      scan: files.scan,
      addedAt: vaultPapers.addedAt,
      dossiers: sql<number>`(select count(distinct p.dossier_id)::int from ${dossierPapers} p where p.file_id = ${vaultPapers.fileId})`,
    })
    .from(vaultPapers)
    .innerJoin(files, eq(files.id, vaultPapers.fileId))
    .where(where)
    .orderBy(desc(vaultPapers.addedAt), desc(vaultPapers.id));

/** Puts a file into a vault, unless one with the same content is there as the same kind. */
export async function keepInVault(
  ctx: TxContext,
  owner: VaultOwner,
  paper: { kind: string; kindTitle: Text; name: string; validTo: string | null },
  file: Pick<StoredFile, 'id' | 'sha256'>,
): Promise<string | null> {
  const mine = owner.organisationId
    ? eq(vaultPapers.organisationId, owner.organisationId)
    : and(isNull(vaultPapers.organisationId), eq(vaultPapers.userId, owner.userId));
  const [same] = await ctx.tx
    .select({ id: vaultPapers.id })
    .from(vaultPapers)
    .innerJoin(files, eq(files.id, vaultPapers.fileId))
    .where(and(mine, eq(vaultPapers.kind, paper.kind), eq(files.sha256, file.sha256)));
  if (same) return null;
  const id = newId();
  await ctx.tx.insert(vaultPapers).values({
    id,
    userId: owner.userId,
    organisationId: owner.organisationId,
    fileId: file.id,
    ...paper,
    addedAt: ctx.now(),
  });
  return id;
}

export async function lockVaultPaper(ctx: TxContext, id: string): Promise<VaultPaper> {
  const [row] = await ctx.tx.select().from(vaultPapers).where(eq(vaultPapers.id, id)).for('update');
  return row ?? notFound();
}

/** Erases an upload that nothing holds any more; what a dossier, a message or another vault holds stays. */
export async function eraseIfUnused(caller: TxContext, fileId: string): Promise<void> {
  // others may hold it, of whom the one who lets it go sees nothing
  const ctx = as(caller, systemActor('files'));
  const holds = (table: typeof dossierPapers | typeof dossierEventFiles | typeof vaultPapers) =>
    exists(ctx.tx.select({ one: sql`1` }).from(table).where(eq(table.fileId, fileId)));
  await ctx.tx.delete(files).where(
    and(
      eq(files.id, fileId),
      sql`not ${holds(dossierPapers)}`,
      sql`not ${holds(dossierEventFiles)}`,
      sql`not ${holds(vaultPapers)}`,
      sql`not ${exists(
        ctx.tx
          .select({ one: sql`1` })
          .from(messageDrafts)
          .where(arrayContains(messageDrafts.fileIds, [fileId])),
      )}`,
    ),
  );
}

export interface IssuedPaper {
  dossierId: string;
  organisationId: string | null;
  fileId: string;
  title: string;
  number: string | null;
  verifyCode: string;
  validTo: string | null;
  deliveredAt: Date;
}

/** Certificates issued to an actor and the businesses they may act for: papers like any other. */
export async function issuedPapersOf(db: Reader, actor: Actor): Promise<IssuedPaper[]> {
  const rows = await db
    .select({ result: dossierResults, dossierId: dossiers.id, organisationId: dossiers.organisationId })
    .from(dossierResults)
    .innerJoin(dossiers, eq(dossiers.id, dossierResults.dossierId))
    .where(
      and(
        ownDossiersOf(actor),
        isNotNull(dossierResults.deliveredAt),
        eq(dossierResults.withdrawn, false),
        eq(dossierResults.kind, 'certificate'),
      ),
    )
    .orderBy(desc(dossierResults.deliveredAt));
  return Promise.all(
    rows.map(async ({ result, dossierId, organisationId }) => {
      const document = await getDocument(db, result.documentId);
      return {
        dossierId,
        organisationId,
        fileId: document.currentFileId,
        title: document.title,
        number: document.number,
        verifyCode: document.verifyCode,
        validTo: result.validTo,
        deliveredAt: result.deliveredAt!,
      };
    }),
  );
}
