import { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { allow, query, signInFirst } from '#server/platform/index.ts';
import { currentVersions, getVersion, papersFor, paperTitles, type Text } from '#server/procedures/index.ts';
import { PaperOfDossier } from '../inputs.ts';
import { canPreparePapers } from '../policy.ts';
import { getDossier, papersOf } from '../records.ts';
import {
  type IssuedPaper,
  isForDossier,
  issuedPapersOf,
  type VaultItem,
  vaultItemsOf,
  vaultVisibleTo,
} from '../vault.ts';

/** Every kind of paper the procedures of today ask for, once each. */
export async function vaultKinds(db: Reader, at: Date): Promise<{ key: string; title: Text }[]> {
  const kinds = new Map<string, Text>();
  for (const version of await currentVersions(db, at))
    for (const { key, title } of paperTitles(version)) if (!kinds.has(key)) kinds.set(key, title);
  return [...kinds].map(([key, title]) => ({ key, title }));
}

export interface VaultView {
  papers: (VaultItem & { expired: boolean })[];
  certificates: IssuedPaper[];
  kinds: { key: string; title: Text }[];
}

/** The papers a person or their businesses keep, and the certificates issued to them. */
export const myVault = query({
  input: z.strictObject({}),
  load: async () => null,
  allow: (actor) => (actor.kind === 'person' ? allow : signInFirst),
  view: async (ctx): Promise<VaultView> => {
    const today = localDate(ctx.now());
    const papers = await vaultItemsOf(ctx.db, vaultVisibleTo(ctx.actor));
    return {
      papers: papers.map((paper) => ({ ...paper, expired: paper.validTo !== null && paper.validTo < today })),
      certificates: await issuedPapersOf(ctx.db, ctx.actor),
      kinds: await vaultKinds(ctx.db, ctx.now()),
    };
  },
});

export interface ReusablePaper {
  from: 'vault' | 'certificate';
  sourceId: string;
  name: string;
  fileId: string;
  addedAt: Date;
  /** handed in as this very paper before: offered first */
  sameKind: boolean;
}

/** What could be handed in as one paper of a dossier without uploading: fitting type and size, still valid, not blocked. */
export const reusablePapers = query({
  input: PaperOfDossier,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canPreparePapers,
  view: async (ctx, dossier, input): Promise<ReusablePaper[]> => {
    const version = await getVersion(ctx.db, dossier.procedureVersionId);
    const paper = papersFor(version, dossier.answers).find((each) => each.key === input.paperKey);
    if (!paper) return [];
    const today = localDate(ctx.now());
    const held = new Set(
      (await papersOf(ctx.db, dossier.id)).filter((each) => each.paperKey === paper.key).map((each) => each.sha256),
    );
    const mine = (await vaultItemsOf(ctx.db, vaultVisibleTo(ctx.actor))).filter(
      (each) =>
        isForDossier(each, dossier) &&
        paper.accepts.includes(each.mediaType) &&
        each.size <= paper.maxBytes &&
        each.scan !== 'quarantined' &&
        (each.validTo === null || each.validTo >= today) &&
        !held.has(each.sha256),
    );
    const certificates = paper.accepts.includes('application/pdf') ? await issuedPapersOf(ctx.db, ctx.actor) : [];
    return [
      ...mine.map(
        (each): ReusablePaper => ({
          from: 'vault',
          sourceId: each.id,
          name: each.name,
          fileId: each.fileId,
          addedAt: each.addedAt,
          sameKind: each.kind === paper.key,
        }),
      ),
      ...certificates
        .filter((each) => isForDossier(each, dossier) && (each.validTo === null || each.validTo >= today))
        .map(
          (each): ReusablePaper => ({
            from: 'certificate',
            sourceId: each.fileId,
            name: [each.title, each.number].filter(Boolean).join(' '),
            fileId: each.fileId,
            addedAt: each.deliveredAt,
            sameKind: false,
          }),
        ),
    ].sort((a, b) => Number(b.sameKind) - Number(a.sameKind));
  },
});
