import { peopleById } from '#server/identity/index.ts';
import { type Person, query } from '#server/platform/index.ts';
import type { Json } from '#server/procedures/index.ts';
import { findConflicts, othersEditing } from '../draft-conflicts.ts';
import { PageOfDraft } from '../inputs.ts';
import { canEditDraft } from '../policy.ts';
import { getDossier } from '../records.ts';

export interface DraftConflict {
  path: string;
  mine: Json;
  theirs: Json;
  /** who changed it to theirs; null: oneself, on another page or device */
  byName: string | null;
  at: Date;
}

/** What a page of a draft needs besides its answers: its version, who else is there, and what waits to be chosen. */
export const getDraftPage = query({
  input: PageOfDraft,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canEditDraft,
  view: async (ctx, dossier, input) => {
    const { userId } = ctx.actor as Person;
    const items = await findConflicts(ctx.db, { dossierId: dossier.id, userId, pageId: input.pageId });
    const people = await peopleById(
      ctx.db,
      items.map((item) => item.userId),
    );
    return {
      version: dossier.version,
      others: await othersEditing(ctx.db, dossier.id, userId, ctx.now()),
      conflicts: items.map(
        (item): DraftConflict => ({
          path: item.path,
          mine: item.mine as Json,
          theirs: item.theirs as Json,
          byName: item.userId === userId ? null : (people.get(item.userId)?.name ?? null),
          at: new Date(item.at),
        }),
      ),
    };
  },
});
